"""What every source is written in: bytes, marked-up text, dates and addresses. Pure, and below feeds and articles.

``charset`` bytes -> str · ``html_text`` markup -> plain text · ``times`` a written date -> UTC ·
``urls`` an address -> its canonical form · ``snippets`` marks that a text was cut short, and text that only repeats.
"""
