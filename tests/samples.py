"""Texts and paths that several tests use."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

# Reports of the tests' own, in the inline markup, enough for a tiny network to learn by heart.
REPORTS = """\
=== tiny-1
{غادرت|EVA=e} {12 حافلة|QTY transport<e} {تقل|EVA=f} {مقاتلي|GRP=g evacuee<e evacuee<f} {الفيلق|ARM member_of<g} مدينة {حلب|LOC origin<e}.
=== tiny-2
توصل {الفيلق|ARM party<a} إلى {اتفاق|AGR=a} يقضي {بخروج|EVA=e provides<a} {المدنيين|GRP evacuee<e} من {حلب|LOC origin<e} {أمس|TIME time<a}.
=== tiny-3
قالت {الوكالة|ORG} إن الطقس بارد في {دمشق|LOC} {اليوم|TIME}
=== tiny-4
{نُقل|EVA=e} {سامر|PER evacuee<e} إلى {دمشق|LOC destination<e}، وبقيت {الحافلات|VEH} في {حلب|LOC}.
"""
