"""Builds the house font "Jixiao Sans" from Noto Sans SC (SIL OFL 1.1); same input, same bytes.

    python -m flows.rendering.house_font FOLDER_OF_NOTO_SANS_SC

The folder is the unpacked npm package `@expo-google-fonts/noto-sans-sc` 0.4.3, the one place with static TrueType
files (a variable font costs six times as long in WeasyPrint). What is kept: every ideograph of GB 2312 and of Big5
level 1, further characters frequent in names, Latin, Greek, Cyrillic, punctuation and the signs the templates use.
Hinting and vertical writing are dropped. The family is renamed, as a subset must not pass for the original.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from flows.rendering.languages import TEMPLATES

FAMILY = "Jixiao Sans"
WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
FEATURES = ["kern", "mark", "ccmp", "liga", "locl", "tnum", "lnum", "palt"]
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x205E),
    (0x20A0, 0x20BF),
    (0x2103, 0x2122),
    (0x2160, 0x217F),
    (0x2190, 0x2199),
    (0x2200, 0x2265),
    (0x2460, 0x2473),
    (0x25A0, 0x25EF),
    (0x2713, 0x2717),
    (0x3000, 0x301F),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)
# In personal names and in common traditional spelling, yet in neither standard above.
NAME_CHARACTERS = (
    "舖裡裏綫着衆麽爲啓牀峯羣鑑鷄滙甦堦樑棊栢韮鄕勳敎硏愼眞淸靑昻顔頴徳増温瀬曁喩兪"
    "䶮㛃堃喆犇嫪翀赟翾晞琤甯淼垚焱骉羴毳叒惢壵祎禕翊昳珺璟瑄琋玹玥珏瑀煊烜炘焜熠昇晟昶曈曦旻旼晗昕昫暄暐"
    "芃苒荥菡萱蘅薏沄沚泠洺浠浛涴淏湉湙滢漪澂濛嫄嫣姝娴婳媞婧婠妤妍姮俶偲佺侑倞僖劼勍勐彧彤峣峤峻嵘嵚"
    "屾崟崧帔弢彣徕忞忭怿恺悰悫惇愔慜懋扆抃挹揆撷敉斓斐旸昀昉昪晁晅晔晙晢晳暕暾朸杲栩桢梣棠椐椿楙榕槿樾"
    "橦歆毓洵浚涵湜溦滟濡灏炅炜烨煜燊爔犨猷玎玚玞玟珂珈珉珩珮琎琚琛琬琮琰瑗瑛瑜瑭瑾璇璐璠璨瓒甪皞皦睿矞砺碶磊"
    "祐祺禛秾稷竑竣筠箴簌籁絜綦縠绎绮缦罡羿翎翙翚耘聿胤膑臻舜舫艺芊芙芮芷茉茜荃荔荞莀莹菁菏萁葳蓁蓉蔚蕤薇藜蘩"
)


def main(source: Path) -> None:
    """Write one TTF a weight, and the licence, into the templates' folder."""
    here = TEMPLATES / "fonts"
    for folder, style in WEIGHTS.items():
        original = source / folder / f"NotoSansSC_{folder}.ttf"
        build(original, here / f"JixiaoSans-{style}.ttf", style)
    (here / "OFL.txt").write_bytes((source / "LICENSE_FONT").read_bytes())


def build(original: Path, target: Path, style: str) -> None:
    """Subset, rename and save one weight."""
    font = TTFont(original, recalcTimestamp=False)
    subsetter = subset.Subsetter(_options())
    subsetter.populate(unicodes=sorted(wanted()))
    subsetter.subset(font)
    _rename(font, style)
    font.save(target, reorderTables=True)


def wanted() -> set[int]:
    """Code points the house font should have (those the original lacks are left to the fallback fonts)."""
    ranges = {code for first, last in RANGES for code in range(first, last + 1)}
    return (
        ranges
        | set(_double_byte("gb2312", range(0xA1, 0xF8)))
        | set(_double_byte("big5", range(0xA4, 0xC7)))
        | {ord(character) for character in NAME_CHARACTERS}
    )


def _double_byte(encoding: str, leads: Iterable[int]) -> Iterator[int]:
    for lead in leads:
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(encoding, errors="ignore")
            if len(text) == 1 and ord(text) > 0x7F:  # noqa: PLR2004 - a lone trail byte decodes as ASCII
                yield ord(text)


def _options() -> subset.Options:
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True  # a missing glyph must be seen
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "STAT"]
    return options


def _rename(font: TTFont, style: str) -> None:
    names = font["name"]
    names.names = [record for record in names.names if record.platformID == 3 and record.langID == 0x409]  # noqa: PLR2004
    version = names.getDebugName(5)
    texts = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}; {version}", 4: f"{FAMILY} {style}", 6: f"JixiaoSans-{style}"}
    for name_id, text in texts.items():
        names.setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
