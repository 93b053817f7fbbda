"""A folder of registers of the test's own, and each implementation of the adapter a test is about."""

import shutil

import pytest
from django.conf import settings as project

PATH = "crm_portal.registers.adapters"
# What stands here must pass the contract of its adapter; a version that asks a real system is added here.
IMPLEMENTATIONS = {
    "population": [f"{PATH}.population.LocalPopulation"],
    "shaam": [f"{PATH}.shaam.LocalShaam"],
    "representatives_register": [f"{PATH}.representatives.LocalRepresentativesRegister"],
    "matzpen": [f"{PATH}.matzpen.LocalMatzpen"],
    "identity": [f"{PATH}.identity.LocalIdentityCheck"],
    "smart_cards": [f"{PATH}.smart_cards.LocalSmartCards"],
    "vat_key": [f"{PATH}.vat_key.LocalVatKey"],
    "computerised_file": [f"{PATH}.computerised_file.LocalComputerisedFile"],
    "recordings": [f"{PATH}.recordings.LocalRecordings"],
    "origin": [f"{PATH}.origin.LocalOrigin"],
    "triage": [f"{PATH}.triage.LocalTriage", "inquiries.services.triage.LearningTriage"],
}


def contract_of(register):
    """Run a test once for each implementation of the register."""
    paths = [(register, path) for path in IMPLEMENTATIONS[register]]
    return pytest.mark.parametrize("implementation", paths, indirect=True, ids=[path for _name, path in paths])


@pytest.fixture
def folder(settings, tmp_path):
    """A copy of the shipped files, which the test may damage."""
    copy = tmp_path / "registers"
    shutil.copytree(project.REGISTERS_FOLDER, copy)
    settings.REGISTERS_FOLDER = copy
    settings.COMPUTERISED_FILE_FOLDER = tmp_path / "computerised_file"
    settings.RECORDINGS_FOLDER = tmp_path / "recordings"
    return copy


@pytest.fixture
def implementation(request, settings, folder):
    register, path = request.param
    settings.REGISTERS = {**settings.REGISTERS, register: path}
    return register
