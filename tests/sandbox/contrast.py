"""What on a page is harder to read than WCAG 2.2 level AA allows."""

from __future__ import annotations

from playwright.async_api import Page

# Contrast of each visible text with what lies behind it: 4.5 to 1, for large text 3 to 1.
_FAINT = """() => {
  const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const colour = (words) => { const [r, g, b, a = 1] = words.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const behind = (node) => {
    const own = colour(getComputedStyle(node).backgroundColor);
    if (own[3] === 1) return own;
    return node.parentElement ? over(own, behind(node.parentElement)) : over(own, [255, 255, 255]);
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    const { color, fontSize, fontWeight, visibility, opacity } = getComputedStyle(node);
    const seen = node.getClientRects().length && visibility === "visible" && opacity !== "0";
    if (!texts.currentNode.data.trim() || !seen || node.closest(":disabled")) continue;
    const below = behind(node);
    const [low, high] = [light(below), light(over(colour(color), below))].sort((a, b) => a - b);
    const large = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
    if ((high + 0.05) / (low + 0.05) < (large ? 3 : 4.5)) faint.push(texts.currentNode.data.trim());
  }
  return faint;
}"""  # noqa: E501 - script of another language


async def faint_texts(page: Page) -> list[str]:
    """Return the texts in sight whose contrast is too low."""
    found: list[str] = await page.evaluate(_FAINT)
    return found
