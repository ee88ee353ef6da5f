import copy

import pytest

from certificates.documents.statements import MOST_ENTRIES, NotOurTerms, canonical_statements
from certificates.documents.terms import CREDENTIAL

from .samples import unsigned

pytestmark = pytest.mark.unit


def _refused(document) -> str:
    with pytest.raises(NotOurTerms) as refusal:
        canonical_statements(document, CREDENTIAL)
    return str(refusal.value)


def test_the_statements_do_not_depend_on_the_order_of_members() -> None:
    document = unsigned()
    turned = dict(reversed(document.items()))
    turned["credentialSubject"] = dict(reversed(document["credentialSubject"].items()))
    assert canonical_statements(turned, CREDENTIAL) == canonical_statements(document, CREDENTIAL)


def test_sets_have_no_order_either() -> None:
    document = unsigned()
    turned = copy.deepcopy(document)
    turned["credentialSubject"]["result"].reverse()
    turned["credentialSubject"]["identifier"].reverse()
    assert canonical_statements(turned, CREDENTIAL) == canonical_statements(document, CREDENTIAL)


def test_a_missing_member_is_named() -> None:
    document = unsigned()
    del document["credentialSubject"]["licenseNumber"]
    assert _refused(document) == "$.credentialSubject.licenseNumber"


@pytest.mark.parametrize("value", [1, None, ["x"], {"@value": "x", "@language": "zh"}, "a\nb", "a\x00b", "x" * 60_001])
def test_a_text_is_a_text(value: object) -> None:
    assert _refused({**unsigned(), "description": value}) == "$.description"


@pytest.mark.parametrize("value", ["_:b0", "relative", "javascript:x", "https://a b", "urn:<x>"])
def test_a_link_is_absolute_and_never_a_blank_node(value: str) -> None:
    assert _refused({**unsigned(), "id": value}) == "$.id"


def test_many_equal_entries_are_refused_before_they_cost_anything() -> None:
    document = unsigned()
    subject = document["credentialSubject"]
    subject["identifier"] = [subject["identifier"][0]] * 2
    assert _refused(document) == "$.credentialSubject.identifier[1]"
    subject["identifier"] = [{**subject["identifier"][0], "identityHash": str(n)} for n in range(MOST_ENTRIES + 1)]
    assert _refused(document) == "$.credentialSubject.identifier"
