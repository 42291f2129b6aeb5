"""The public face of the package: what is listed resolves, is documented, and loads late."""

import ast
import pkgutil
import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import discourse

CHECKOUT = Path(__file__).resolve().parents[1]
DATA = frozenset({"METRICS"})  # documented where they are listed, for data carry no docstring
HEAVY = ("scipy", "sklearn", "pandas", "numba")
VERBS_AND_TYPES = sorted(set(discourse.__all__) - DATA)


def public_doc(name):
    return getattr(discourse, name).__doc__ or ""


def test_import_loads_no_heavy_library():
    code = f"import sys, discourse; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", discourse.__all__)
def test_every_public_name_resolves(name):
    assert getattr(discourse, name) is not None
    assert name in dir(discourse)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="simlarity"):
        discourse.simlarity  # noqa: B018


def test_the_list_of_names_is_that_of_the_stub_and_sorted():
    stub = ast.parse(Path(discourse.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    listed = next(
        ast.literal_eval(node.value)
        for node in stub.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert discourse.__all__ == sorted(listed) == sorted(set(listed))


def test_no_module_bears_a_public_name():
    assert not set(discourse.__all__) & {m.name for m in pkgutil.iter_modules(discourse.__path__)}


@pytest.mark.parametrize("name", VERBS_AND_TYPES)
def test_every_public_name_has_a_docstring_with_an_example(name):
    doc = public_doc(name)
    assert "Examples\n" in doc, f"{name} shows no example"
    assert ">>> " in doc, f"{name} shows no example that runs"


def test_the_reference_holds_every_public_name_and_no_other():
    page = (CHECKOUT / "docs" / "reference.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\.\. auto\w+:: discourse\.(\w+)$", page, re.MULTILINE)
    assert sorted(documented) == discourse.__all__


def test_the_version_is_that_of_the_record():
    assert re.fullmatch(r"\d+\.\d+\.\d+", discourse.__version__)
    assert discourse.count(["a"]).record.versions["discourse"] == discourse.__version__


def test_the_package_is_typed():
    assert (Path(discourse.__file__).parent / "py.typed").is_file()
    assert typing.get_type_hints(discourse.Document)["id"] is str
