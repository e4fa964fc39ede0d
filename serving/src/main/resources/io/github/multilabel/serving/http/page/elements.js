// Elements of the page. Text of others, such as names of files, is never read as HTML.

export function byId(id) {
  return document.getElementById(id);
}

/** An element with properties, and children that are elements or text. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes('-') || key === 'role') {
      made.setAttribute(key, value);
    } else {
      made[key] = value;
    }
  }
  made.append(...children);
  return made;
}
