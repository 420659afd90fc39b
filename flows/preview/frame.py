"""The page around a preview: it shows the document, waits for the next change, and loads the document again."""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

STYLE = (
    "html,body{margin:0;height:100%;font:14px system-ui,sans-serif}body{display:flex;flex-direction:column}"
    "header{padding:6px 12px;border-bottom:1px solid #ccc}main{flex:1;display:flex}"
    "iframe{flex:1;border:0;border-right:1px solid #ccc}"
)
SCRIPT = """
const frames = [...document.querySelectorAll("iframe")], state = document.querySelector("output");
let seen = 0;
function show() {
  for (const frame of frames) {
    let at = 0;
    try { at = frame.contentWindow.scrollY; } catch { at = 0; }
    frame.onload = () => { try { frame.contentWindow.scrollTo(0, at); } catch { /* the PDF's own viewer */ } };
    frame.src = frame.dataset.of + "?v=" + seen;
  }
}
async function wait() {
  for (;;) {
    try {
      const answer = await fetch("changes?seen=" + seen);
      const now = Number(await answer.text());
      if (now !== seen) { seen = now; show(); }
      state.textContent = "shows the files as they are, change " + seen;
    } catch {
      state.textContent = "the preview was stopped";
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}
wait();
"""


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY = (
    f"default-src 'none'; script-src {_hash(SCRIPT)}; style-src {_hash(STYLE)}; connect-src 'self'; frame-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def frame(title: str, *, with_pdf: bool) -> str:
    """The page; script only here, never in a report."""
    shown = ["html", *(["pdf"] if with_pdf else [])]
    inside = Markup().join(Markup('<iframe title="{0}" data-of="{0}" src="{0}"></iframe>').format(of) for of in shown)
    head = Markup('<meta charset="utf-8"><title>{}</title><style>{}</style>').format(title, Markup(STYLE))  # noqa: S704
    body = Markup("<header>{} · <output></output></header><main>{}</main>").format(title, inside)
    script = Markup("<script>{}</script>").format(Markup(SCRIPT))  # noqa: S704 - our own text
    return Markup('<!DOCTYPE html><html lang="en"><head>{}</head><body>{}{}</body></html>').format(head, body, script)
