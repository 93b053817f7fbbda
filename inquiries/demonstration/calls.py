"""Recorded calls for the demonstration: a conversation of tones, left where the local switchboard leaves its calls."""

import io
import math
import wave
from datetime import datetime, timedelta
from random import Random

from crm_portal.people.models import User
from crm_portal.registers.adapters.recordings import leave

from ..models import Inquiry

RATE = 8000  # as on a telephone line
CALLER, OPERATOR = 220.0, 165.0  # Hz
SYLLABLE = 0.16  # seconds


def record(inquiry: Inquiry, *, operator: User, at: datetime, dice: Random) -> None:
    """Leave the call in which the operator opened this inquiry."""
    seconds = dice.randint(6, 12)
    key = f"{inquiry.number}.1"
    row = {
        "inquiry_number": str(inquiry.number),
        "operator": operator.username,
        "started_at": (at - timedelta(seconds=seconds)).isoformat(),
        "ended_at": at.isoformat(),
        "content_type": "audio/wav",
        "file": f"{key}.wav",
    }
    leave(key, row, conversation(seconds, dice))


def conversation(seconds: int, dice: Random) -> bytes:
    """Two voices in turns, each syllable a short tone that swells and fades; the same dice give the same sound."""
    frames = bytearray()
    while len(frames) < seconds * RATE:
        voice = CALLER if (len(frames) // (2 * RATE)) % 2 == 0 else OPERATOR
        frames += _syllable(voice * dice.choice((0.9, 1.0, 1.12)), quiet=dice.random() < 0.2)
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)  # eight bits, 128 is silence
        sound.setframerate(RATE)
        sound.writeframes(bytes(frames[: seconds * RATE]))
    return out.getvalue()


def _syllable(pitch: float, *, quiet: bool) -> bytes:
    length = int(SYLLABLE * RATE)
    if quiet:
        return bytes([128]) * length
    swell = [math.sin(math.pi * place / length) for place in range(length)]
    return bytes(
        128 + round(40 * loud * math.sin(2 * math.pi * pitch * place / RATE)) for place, loud in enumerate(swell)
    )
