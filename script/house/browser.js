// What the house's browser knows of a page: what can be read on it, and where what is called so is.
window.athena = (() => {
  const children = (node) =>
    node instanceof HTMLSlotElement && node.assignedNodes().length
      ? node.assignedNodes()
      : [...(node.shadowRoot ?? node).childNodes];

  const text = (node) =>
    node.nodeType === Node.TEXT_NODE
      ? node.data
      : ["STYLE", "SCRIPT", "SVG"].includes(node.nodeName.toUpperCase())
        ? ""
        : children(node).map(text).join(" ");

  const tidy = (words) => words.replace(/\s+/g, " ").replace(/ ?\*$/, "").trim();  // the star of a field that is needed

  // Every element as the page shows them, each before what is in it.
  const all = (node = document.body) => [
    node,
    ...children(node)
      .filter((child) => child.nodeType === Node.ELEMENT_NODE)
      .flatMap((child) => all(child)),
  ];

  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
  };

  const names = (element) => [
    tidy(text(element)),
    ...["label", "aria-label", "title", "placeholder"].map((name) => tidy(element.getAttribute?.(name) ?? "")),
    tidy(typeof element.label === "string" ? element.label : ""),
  ];

  const named = (name, within) => {
    let elements = all().filter(shown);
    if (within) {
      const begin = elements.findLastIndex((element) => names(element).includes(within));
      elements = begin < 0 ? [] : elements.slice(begin);
    }
    const found = elements.filter((element) => names(element).includes(name));
    return within ? found[0] : found.at(-1);
  };

  const FIELDS = "input, textarea, ha-switch, ha-checkbox";

  const field = (label) => {
    const elements = all().filter(shown);
    const begin = elements.findIndex((element) => names(element).includes(label));
    return begin < 0 ? undefined : elements.slice(begin).find((element) => element.matches(FIELDS));
  };

  // The list that a field opens to choose from.
  const list = () => all().find((element) => element.matches("ha-picker-combo-box") && shown(element));

  const option = (name) => list() && all(list()).findLast((element) => shown(element) && names(element).includes(name));

  const middle = (element) => {
    if (!element) return null;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };

  return { text: () => text(document.body), named, field, option, isListOpen: () => Boolean(list()), middle };
})();
