# ruff: noqa: FBT003 - UNO takes flags by position
"""Run by the system's own Python, which has LibreOffice's `uno`: opens a workbook, tells what it sees, fills, saves.

Reads one JSON object on standard input and writes one to standard output:
in:  pipe, source, target, type and fill ([tab, cell, value]), rules ([tab, cell, values])
out: tabs ({title: [visible, protected]}), typed ([what stands in the cell after typing into it]),
     rules ([kind, whether it stops, [what LibreOffice itself says of each value]]), names (defined names)
"""

import contextlib
import json
import sys
import time

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

SECONDS = 60
EXCEL = "Calc MS Excel 2007 XML"


def connect(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def put(cell, value):
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def type_in(context, document, tab, cell, text):
    """Type into a cell as a person does, so that locks and rules hold; what then stands there."""
    frame = document.CurrentController.Frame
    document.CurrentController.setActiveSheet(document.Sheets.getByName(tab))
    dispatcher = context.ServiceManager.createInstance("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, (option("ToPoint", cell),))
    dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, (option("StringName", text),))
    return document.Sheets.getByName(tab).getCellRangeByName(cell).getString()


def verdict(scratch, formula, cell, value):
    """The rule's formula, computed by LibreOffice with the value in the cell it is about."""
    put(scratch.getCellRangeByName("A1"), value)
    answer = scratch.getCellRangeByName("B1")
    answer.setFormula("=" + formula.replace("$", "").replace(cell, "A1"))
    return answer.getValue() == 1.0


def main():
    told = json.load(sys.stdin)
    context = connect(told["pipe"])
    desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(told["source"]), "_blank", 0, (option("Hidden", True),)
    )
    sheets = document.Sheets
    seen = {
        "tabs": {s.Name: [s.IsVisible, s.isProtected()] for s in (sheets.getByIndex(n) for n in range(sheets.Count))},
        "names": sorted(document.NamedRanges.ElementNames),
    }
    for tab, cell, value in told["fill"]:
        put(sheets.getByName(tab).getCellRangeByName(cell), value)
    document.storeToURL(uno.systemPathToFileUrl(told["target"]), (option("FilterName", EXCEL),))
    scratch = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (option("Hidden", True),))
    scratch.Sheets.getByIndex(0).Name = "scratch"
    seen["rules"] = [rule_of(document, scratch, tab, cell, values) for tab, cell, values in told["rules"]]
    seen["typed"] = [type_in(context, document, *each) for each in told["type"]]
    scratch.close(True)
    document.close(True)
    json.dump(seen, sys.stdout)
    with contextlib.suppress(Exception):  # it closes the connection while it answers
        desktop.terminate()


def rule_of(document, scratch, tab, cell, values):
    """A cell's rule: its kind, whether a wrong value is stopped, and what the rule says of values."""
    found = document.Sheets.getByName(tab).getCellRangeByName(cell).Validation
    page = scratch.Sheets.getByName("scratch")
    told = [verdict(page, found.getFormula1(), cell, value) for value in values]
    return [found.Type.value, found.ShowErrorMessage and found.ErrorAlertStyle.value == "STOP", told]


main()
