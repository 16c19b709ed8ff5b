"""press.py FILE.pdf ...: holds printers' PDFs to what a press asks, with Ghostscript's plates and PyMuPDF's reading.

Says of each file its standard, pages, boxes and the ink on each plate; exit 0 only if nothing is objected to. A file that
shows colour must say so: press.py --colour FILE.pdf.
"""
import re
import subprocess
import sys

import pymupdf

NOT_FOR_A_PRESS = ["Outlines", "StructTreeRoot", "AcroForm", "OpenAction", "AA", "Names", "PageLabels", "Collection"]


def plates(path):
    """The ink on each plate, in pages of full ink: Ghostscript separates the colours as a press does."""
    told = subprocess.run(["gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=ink_cov", path], capture_output=True, text=True)
    rows = [line.split()[:4] for line in told.stdout.splitlines() if line.strip().endswith("OK")]
    return [sum(float(row[at]) for row in rows) / 100 for at in range(4)], told.stderr.strip()


def judge(path, in_colour):
    faults = []
    document = pymupdf.open(path)
    catalog = document.pdf_catalog()
    intent = document.xref_get_key(catalog, "OutputIntents")
    version = document.xref_get_key(-1, "Info/GTS_PDFXVersion")[1] or "none"
    flat = version.startswith("PDF/X-1")
    if "GTS_PDFX" not in str(intent) and not re.search(r"GTS_PDFX", document.xref_object(catalog)):
        faults.append("no output intent for a press")
    for key in NOT_FOR_A_PRESS:
        if document.xref_get_key(catalog, key)[0] != "null":
            faults.append(f"the catalog has {key}")
    if document.needs_pass or document.metadata.get("encryption"):
        faults.append("it is encrypted")
    if document.page_count % 2:
        faults.append(f"{document.page_count} pages are no whole leaves")
    boxes = set()
    for page in document:
        if page.first_annot or page.get_links():
            faults.append(f"page {page.number + 1} has annotations")
        boxes.add(tuple(tuple(round(v, 2) for v in box) for box in (page.mediabox, page.trimbox, page.bleedbox)))
    for media, trim, bleed in boxes:
        if not (media[0] <= bleed[0] <= trim[0] and trim[2] <= bleed[2] <= media[2]):
            faults.append(f"boxes do not lie in each other: {media} {bleed} {trim}")
    for xref in range(1, document.xref_length()):
        own = document.xref_object(xref, compressed=True)
        if re.search(r"/DeviceRGB|/CalRGB|/Lab\b", own):
            faults.append(f"object {xref} is in RGB")
        if flat and re.search(r"/SMask(?!/None)|/S/Transparency|/CA 0|/ca 0|/ICCBased", own):
            faults.append(f"object {xref} shines through, or has a profile of its own")
        if "/JavaScript" in own or "/Launch" in own or "/EmbeddedFile" in own:
            faults.append(f"object {xref} does something")
        if "/Type/FontDescriptor" in own and "/FontFile" not in own:
            faults.append(f"object {xref}: a font is not in the file")
    inks, said = plates(path)
    if said:
        faults.append("Ghostscript says: " + said.splitlines()[0])
    if not in_colour and any(inks[:3]):
        faults.append("there is ink on the plates of colours")
    if not inks[3]:
        faults.append("there is no black")
    shown = " ".join(f"{name}{ink:.2f}" for name, ink in zip("CMYK", inks))
    print(f"{path}: {version}, {document.page_count} pages, {len(boxes)} size(s), plates {shown}")
    for fault in faults[:20]:
        print("  OBJECTION:", fault)
    return not faults


def main():
    in_colour = "--colour" in sys.argv
    files = [name for name in sys.argv[1:] if not name.startswith("--")]
    sys.exit(0 if all([judge(name, in_colour) for name in files]) else 1)


main()
