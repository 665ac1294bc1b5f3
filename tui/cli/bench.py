"""`safelight bench`: how fast Safelight is on this machine, and beside other libraries. It keeps no picture."""

import json
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.live import Live
from rich.text import Text

from engine.errors import SafelightError
from engine.run.cpu import available_workers
from tui.cli.printing.console import console
from tui.cli.printing.sheets import print_legend, print_section

INTERRUPTED = 130


def bench(
    *,
    peers: Annotated[bool, Parameter(help="Beside OpenCV, libvips, Pillow and scikit-image.")] = False,
    only: Annotated[
        tuple[str, ...], Parameter(help="A section, or how a name begins; may be given several times.")
    ] = (),
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object, for programs.")] = False,
    keep: Annotated[str | None, Parameter(help="Put the results into this JSON file, beside those there.")] = None,
) -> int:
    """Measure filters, chains and files, with one worker and with all."""
    from engine.bench import record as records
    from engine.bench.entries import choose, sections
    from engine.bench.setting import Setting

    chosen = choose(only)
    setting = Setting(available_workers())
    if peers:
        from engine.bench.peers import use

        setting.peers = use(setting.workers)
    record: records.Record = {}
    status = 0
    try:
        with Live(console=console(stderr=True), auto_refresh=False, transient=True) as live:
            live.update(Text("copying memory"), refresh=True)
            record = records.begin(setting)
            for done, entry in enumerate(chosen, start=1):
                live.update(Text(f"{entry.name} ({done} of {len(chosen)})"), refresh=True)
                try:
                    records.add(record, entry.section, entry.measure(setting).to_dict())
                except SafelightError as error:
                    records.skip(record, entry.section, entry.name, str(error))
                if not as_json and (done == len(chosen) or chosen[done].section != entry.section):
                    print_section(record, entry.section)
    except KeyboardInterrupt:
        status = INTERRUPTED
    finally:
        setting.close()
    if keep is not None and record:
        records.keep(record, Path(keep), sections())
    if as_json:
        print(json.dumps(record))
    elif record:
        print_legend(record)
    return status
