"""
The classifier of triplets: Hebrew letter pieces, counted into a fixed number of places, and a linear model over them.

It is kept as bare arrays (`np.savez`), which run no code when they are read. Hashing needs no vocabulary, so a new
word needs no new model; a new triplet does.
"""

import io
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import numpy as np

from ..rules.triage import FEWEST_SAMPLES, FEWEST_TRIPLETS, Verdict

PLACES = 2**15
PIECES = (2, 4)  # letters; the word's ends count as letters
ROUNDS = 12  # over all verdicts, when it learns from the beginning
SEED = 1948


@cache
def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer  # slow to import, and needed by few processes

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=PIECES, n_features=PLACES, alternate_sign=False, norm="l2", lowercase=True
    )


class Classifier:
    """One version of the model."""

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def taught(cls, verdicts: Sequence[Verdict]) -> "Classifier | None":
        """Learn from the beginning; none while there is too little to learn from."""
        from sklearn.linear_model import SGDClassifier

        triplets = sorted({verdict.triplet for verdict in verdicts})
        if len(verdicts) < FEWEST_SAMPLES or len(triplets) < FEWEST_TRIPLETS:
            return None
        learner = cls(SGDClassifier(loss="log_loss", alpha=1e-5, random_state=SEED))
        order = np.random.default_rng(SEED)
        ordered = sorted(verdicts, key=lambda verdict: verdict.key)
        pieces, right = _vectorizer().transform([v.text for v in ordered]), np.array([v.triplet for v in ordered])
        for _ in range(ROUNDS):
            places = order.permutation(len(ordered))
            learner._model.partial_fit(pieces[places], right[places], classes=np.array(triplets))
        return learner

    def learn(self, verdicts: Sequence[Verdict]) -> None:
        """Learn some more from new verdicts on triplets it knows."""
        ordered = sorted(verdicts, key=lambda verdict: verdict.key)
        pieces = _vectorizer().transform([v.text for v in ordered])
        self._model.partial_fit(pieces, np.array([v.triplet for v in ordered]))

    @property
    def triplets(self) -> list[str]:
        return [str(code) for code in self._model.classes_]

    def scores(self, text: str, among: Collection[str] | None = None) -> dict[str, float]:
        """How likely each triplet is, of those offered only; together one."""
        [likely] = self._model.predict_proba(_vectorizer().transform([text]))
        scores = {str(c): float(p) for c, p in zip(self._model.classes_, likely, strict=True)}
        if among is not None:
            scores = {code: score for code, score in scores.items() if code in among}
        total = sum(scores.values())
        return {code: score / total for code, score in scores.items()} if total else scores

    def dump(self) -> bytes:
        """The model as arrays, without code."""
        kept = io.BytesIO()
        np.savez_compressed(
            kept,
            coefficients=self._model.coef_.astype(np.float32),
            intercepts=self._model.intercept_,
            triplets=np.array(self.triplets, dtype=str),
            steps=np.array([self._model.t_]),
        )
        return kept.getvalue()

    @classmethod
    def load(cls, content: bytes) -> "Classifier":
        """A dumped model, ready to suggest and to learn on."""
        from sklearn.linear_model import SGDClassifier

        model = SGDClassifier(loss="log_loss", alpha=1e-5, random_state=SEED)
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            model.coef_ = kept["coefficients"].astype(np.float64)
            model.intercept_ = kept["intercepts"].astype(np.float64)
            model.classes_ = kept["triplets"]
            model.t_ = float(kept["steps"][0])
        model.n_features_in_ = PLACES
        return cls(model)
