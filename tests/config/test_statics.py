"""Static files are served under names that change with them, what modules import included."""

import re
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from config.statics import StaticFiles

STATIC = Path(settings.BASE_DIR) / "static"


def test_a_module_imports_its_neighbours_by_names_with_a_hash(tmp_path: Path) -> None:
    source = FileSystemStorage(location=STATIC)
    kept = StaticFiles(location=tmp_path, base_url="/static/")
    names = [str(path.relative_to(STATIC)) for path in (STATIC / "js").rglob("*.js")]
    for name in names:
        with source.open(name) as file:
            kept.save(name, file)
    faults = [
        done for *_, done in kept.post_process({name: (source, name) for name in names}) if isinstance(done, Exception)
    ]
    assert faults == []
    site = (tmp_path / kept.stored_name("js/site.js")).read_text()
    imported = re.findall(r'import ?"\./([^"]+)"', site)
    assert len(imported) >= 10
    assert [name for name in imported if not re.fullmatch(r"[a-z]+\.[0-9a-f]{12}\.js", name)] == []
