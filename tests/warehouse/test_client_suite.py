"""How the result of clickhouse-connect's own tests is judged, and that the document tells what differs."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.warehouse.client_suite import Result, Unlike, known, results, verdict

UNLIKE = [Unlike("users", ("a.py::roles",), "no roles"), Unlike("engine", ("a.py::log",), "no log")]


def test_tests_about_users_do_not_count_and_the_rest_is_a_share() -> None:
    found = [Result("a.py::roles", True), Result("a.py::log", True), *[Result("b.py::x", False)] * 3]
    assert verdict(found, UNLIKE) == (0.75, [])


def test_what_fails_unlisted_and_what_is_listed_and_passes_are_told() -> None:
    found = [Result("a.py::roles", True), Result("a.py::log", False), Result("b.py::x", True)]
    assert verdict(found, UNLIKE)[1] == [
        "fails, and is not on the list: b.py::x", "is on the list, and passes: a.py::log"
    ]  # fmt: skip


def test_results_are_read_by_file_and_name_without_parameters_and_skipped_ones_left_out(
    tmp_path: Path,
) -> None:
    junit = tmp_path / "junit.xml"
    junit.write_text(
        '<testsuites><testsuite><testcase classname="tests.integration_tests.test_sqlalchemy.test_ddl"'
        ' name="test_a[sync]"><failure/></testcase><testcase classname="tests.integration_tests.test_tls"'
        ' name="test_b"><skipped/></testcase></testsuite></testsuites>'
    )
    assert results(junit) == [Result("test_sqlalchemy/test_ddl.py::test_a", True)]


def test_the_document_tells_everything_that_differs_and_why() -> None:
    document = (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8")
    for one in known():
        assert one.why in document, one.subject
        for test in one.tests:
            assert test.partition("::")[2] in document, test
