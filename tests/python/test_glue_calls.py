"""Calls between C# and Python go by name: each has its function, with as many arguments, and each function its call."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "Interop"
GLUE = ROOT / "Glue" / "hpo_glue"
CSHARP = {path: path.read_text() for path in ROOT.rglob("*.cs") if not {"obj", "bin"} & set(path.parts)}
PYTHON = {path: ast.parse(path.read_text()) for path in [*ROOT.glob("Glue/**/*.py"), *ROOT.glob("python/hpo_dotnet/*.py")]}


def module_of(path):
    return path.parent.name if path.name == "__init__.py" else path.stem


MODULES = {module_of(path): tree for path, tree in PYTHON.items() if GLUE in path.parents}

# What a class's own method Call hands to: the module, and how many arguments it adds.
OWN_CALLS = {"Study": ("studies", 1), "Trial": ("trials", 1), "Distribution": ("distributions", 1), "PlotlyFigure": ("visualization", 1)}
# OptunaSampler.Call counts its study and trial as ours do; it adds the sampler.
OWN_CALLS["OptunaSampler"] = ("custom", 1)
# Methods that hand a name on: which argument it is, the function's module, and how many arguments it gets.
NAME_TAKERS = {
    "Draw": (0, "visualization", 3),
    "AddStrategy": (0, "custom", 1),
    "AddFunction": (2, "components", 1),
    "AddAdapted": (2, "components", 1),
}


def calls(text, pattern):
    """The receiver, the method and the arguments of each C# call whose method matches."""
    for found in re.finditer(rf"([\w.]*?)\.?\b({pattern})\(", text):
        yield found[1].rpartition(".")[2].strip("_").lower(), found[2], arguments(text, found.end())


def arguments(text, start):
    """The texts between an opened bracket's commas."""
    parts, depth = [""], 0
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|<[\w, ]+>|=>|.', text[start:], re.DOTALL):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token[0], 0)
        if depth < 0:
            return [part.strip() for part in parts if part.strip()]
        if token[0] == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token[0]
    raise AssertionError(text[start : start + 80])


def literal(argument):
    return argument[1:-1] if re.fullmatch(r'"\w+"', argument) else None


def calls_of_glue():
    """Module, function and number of arguments of all calls from C#, with the file's name."""
    for path, text in CSHARP.items():
        for receiver, method, given in calls(text, "CallOn|Call"):
            own = int(method == "CallOn")
            name = literal(given[own]) if len(given) > own else None
            if name is None:
                continue
            module, added = OWN_CALLS.get(path.name.split(".")[0], (None, 0)) if receiver == "" else (receiver, own)
            yield "custom" if module == "glue" else module, name, added + len(given) - own - 1, path.name
        for _, method, given in calls(text, "|".join(NAME_TAKERS)):
            place, module, count = NAME_TAKERS[method]
            if len(given) > place and (name := literal(given[place])):
                yield module, name, count, path.name
        for name in re.findall(r'ImageFunction => "(\w+)"', text):
            yield "visualization", name, 5, path.name


def functions(module):
    return {node.name: node.args for node in MODULES[module].body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("module, name, count, file", sorted(set(calls_of_glue())))
def test_a_call_from_csharp_has_its_function(module, name, count, file):
    known = functions(module).get(name)
    assert known is not None, f"{file} calls {module}.{name}, which is not there"
    assert not known.vararg and not known.kwonlyargs
    assert len(known.args) - len(known.defaults) <= count <= len(known.args), file


def test_every_module_that_csharp_loads_is_called():
    loaded = set(re.findall(r'new GlueModule\(bridge, "(?:\w+\.)?(\w+)"\)', CSHARP[ROOT / "Glue" / "GlueLibrary.cs"]))
    assert loaded == {module for module, *_ in calls_of_glue()}


def uses(module, tree):
    """What a Python module names of the glue: its own, imported, and over another module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield module, node.id
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hpo_glue."):
            yield from ((node.module.rpartition(".")[2], alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id.rstrip("_"), node.attr


def native_samplers():
    """The classes that hpo_glue.sampling finds by their names."""
    (modules,) = (
        node.value for node in MODULES["sampling"].body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_MODULES"
    )
    for names in ast.literal_eval(modules).values():
        yield from ((module, name) for name, module in names.items())


def test_every_function_of_the_glue_is_called():
    called = {("errors", "connect"), ("hpo_glue", "embed"), *native_samplers()}
    called |= {(module, name) for module, name, *_ in calls_of_glue()}
    called |= {use for path, tree in PYTHON.items() for use in uses(module_of(path), tree)}
    defined = {
        (module, node.name)
        for module, tree in MODULES.items()
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    assert sorted(defined - called) == []


# Methods of the native storage's Python side: which argument is the name, and how many others the function gets.
STORAGE_CALLS = {"_ask": (0, 0), "_call": (0, 0), "_made": (0, 1), "_change": (2, 1), "_write": (3, 3)}


def calls_of_storage():
    for module in (module for module in MODULES if module.startswith("mysql_")):
        for node in ast.walk(MODULES[module]):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in STORAGE_CALLS:
                place, added = STORAGE_CALLS[node.func.attr]
                if isinstance(name := node.args[place], ast.Constant):
                    yield name.value, len(node.args) - place - 1 + added


def functions_of_storage():
    text = CSHARP[ROOT / "Glue" / "MySqlStorageFunctions.cs"]
    for _, _, (name, *body) in calls(text, "Add"):
        if literal(name):
            yield literal(name), max((int(index) + 1 for index in re.findall(r"\ba\[(\d)\]", ",".join(body))), default=0)


def test_the_native_storage_is_called_as_it_is():
    assert {("close", 0), *calls_of_storage()} == set(functions_of_storage())


def names_in(file, pattern):
    return set(re.findall(pattern, CSHARP[ROOT / file]))


def test_a_sampler_in_csharp_has_the_methods_that_python_calls():
    called = {
        node.slice.value
        for node in ast.walk(MODULES["custom"])
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "self._callbacks"
    }
    assert called == names_in("Samplers/CustomSampler.cs", r'\["(\w+)"\] =')


def test_the_host_has_the_functions_that_python_calls():
    text = (ROOT / "python" / "hpo_dotnet" / "_host.py").read_text()
    called = set(re.findall(r'_call\("(\w+)"|_functions\["(\w+)"\]', text))
    assert {first or second for first, second in called} == names_in("HostedByPython/PythonHost.cs", r'\["(\w+)"\] =')
