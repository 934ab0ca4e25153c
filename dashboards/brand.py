"""Gigawire's mark: a tape of bars."""

from __future__ import annotations

# The one blue that reads on white and on dark ground.
MARK = """<svg xmlns="http://www.w3.org/2000/svg" width="160" height="32" viewBox="0 0 160 32" role="img">
<title>Gigawire</title>
<g fill="#3b7ddd"><rect x="2" y="18" width="5" height="10" rx="1"/><rect x="9" y="12" width="5" height="16" rx="1"/>
<rect x="16" y="4" width="5" height="24" rx="1"/><rect x="23" y="9" width="5" height="19" rx="1"/></g>
<text x="37" y="25" font-family="'Source Sans','Source Sans 3',system-ui,sans-serif" font-size="21" font-weight="700"
 fill="#3b7ddd">Gigawire</text></svg>"""
