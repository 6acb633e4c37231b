import pytest

from hpo_glue import errors
from hpo_glue.errors import DotNetError, describe, is_cancellation


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_describe_names_the_class_and_its_bases():
    names, message, *_ = describe(raised(FileNotFoundError("lost")))
    assert names[:2] == ["FileNotFoundError", "OSError"]
    assert names[-1] == "BaseException"
    assert message == "lost"


def test_describe_gives_a_traceback_without_local_variables():
    password = "local-secret"
    traceback = describe(raised(ValueError("wrong")))[2]
    assert "ValueError: wrong" in traceback
    assert password not in traceback


def test_describe_survives_text_that_is_not_unicode():
    _, message, traceback, _ = describe(raised(ValueError("a\ud800b")))
    assert message == "a\\ud800b"
    assert "\\ud800" in traceback


def test_describe_takes_an_error_that_was_never_raised():
    assert describe(KeyError("k"))[0][0] == "KeyError"


def test_a_dotnet_error_carries_the_original():
    original = object()
    assert DotNetError("System.Exception: x", original).exception is original
    assert str(DotNetError("System.Exception: x")) == "System.Exception: x"


def test_a_dotnet_error_is_that_of_the_python_process_that_hosts_dotnet(monkeypatch):
    class HostsOwn(Exception):
        pass

    monkeypatch.setattr(errors, "DotNetError", DotNetError)
    assert errors.connect(None) == [DotNetError, describe]
    assert errors.connect(HostsOwn) == [HostsOwn, describe]
    assert is_cancellation(HostsOwn("System.OperationCanceledException: The operation was canceled."))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("System.OperationCanceledException: The operation was canceled.", True),
        ("System.Threading.Tasks.TaskCanceledException: A task was canceled.", True),
        ("System.InvalidOperationException: no", False),
    ],
)
def test_a_cancellation_is_told_from_a_failure(text, expected):
    assert is_cancellation(errors.DotNetError(text)) is expected  # of hpo_dotnet, where this process hosts .NET already
    assert not is_cancellation(ValueError(text))
    assert not is_cancellation(None)


def chained(outer, inner, suppressed=False):
    try:
        try:
            raise inner
        except Exception as error:
            if suppressed:
                raise outer from None
            raise outer
    except type(outer) as caught:
        return caught


def test_describe_tells_what_an_error_hides():
    error = chained(AssertionError("Should not reach."), chained(RuntimeError("it failed"), OSError("disk full\nmore")))
    assert describe(error)[3] == ["RuntimeError: it failed", "OSError: disk full"]


def test_describe_does_not_repeat_what_an_error_quotes_nor_what_it_suppresses():
    assert describe(chained(RuntimeError("it failed: disk full"), OSError("disk full")))[3] == []
    assert describe(chained(RuntimeError("it failed"), OSError("disk full"), suppressed=True))[3] == []
    assert describe(chained(RuntimeError("it failed"), StopIteration()))[3] == ["StopIteration"]


def test_describe_ends_where_errors_hide_each_other():
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__context__ = second, first
    assert describe(first)[3] == ["ValueError: second"]
