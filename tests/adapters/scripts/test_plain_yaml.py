"""The scripts are YAML to every reader of it: libyaml takes some things that others refuse, and is not everywhere."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
FILES = sorted((*(ROOT / "scripts_zh").rglob("*.yaml"), *(ROOT / "config").glob("*.yaml")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_plain_loader_reads_what_the_fast_one_reads(path: Path) -> None:
    text = path.read_text("utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
