"""The written analysis on a page: each sentence with the numbers of its rows, the rows beneath."""

from __future__ import annotations

import streamlit as st

from dashboards.analysis import Analysis, Sentence


def show(analysis: Analysis) -> None:
    """Draw it; names are other people's text, so none of it is Markdown but the headings."""
    for paragraph in analysis.paragraphs:
        st.markdown(f"**{paragraph.heading}**")
        st.text(" ".join(_numbered(sentence, analysis) for sentence in paragraph.sentences))
    if analysis.cites:
        with st.expander(f"The {len(analysis.cites)} rows that this stands on"):
            st.text("\n".join(f"{number} {cited}" for number, cited in enumerate(analysis.cites, 1)))


def _numbered(sentence: Sentence, analysis: Analysis) -> str:
    notes = ", ".join(map(str, analysis.notes(sentence)))
    return f"{sentence.text} [{notes}]" if notes else sentence.text
