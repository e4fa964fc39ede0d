
'use strict';
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, column) => {
    const cell = row.cells[column];
    const order = cell.dataset.order;
    return order === undefined ? cell.textContent : order === '' ? null : Number(order);
  };
  heads.forEach((head, column) => {
    const isNumber = body.rows.length > 0 && body.rows[0].cells[column].dataset.order !== undefined;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const was = head.getAttribute('aria-sort');
      const up = was ? was === 'descending' : !isNumber;
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const rows = [...body.rows].map(row => [key(row, column), row]);
      rows.sort(([a], [b]) => typeof a === 'string'
        ? (up ? 1 : -1) * a.localeCompare(b, 'en', { numeric: true })
        : a === null || b === null ? (a === null) - (b === null) : (up ? 1 : -1) * (a - b));
      body.append(...rows.map(([, row]) => row));
    });
  });
  const frame = table.parentElement;
  if (frame.classList.contains('long')) {
    const bar = document.createElement('p');
    bar.className = 'search';
    const label = document.createElement('label');
    const field = document.createElement('input');
    const found = document.createElement('span');
    field.type = 'search';
    field.autocomplete = 'off';
    found.setAttribute('role', 'status');
    label.append('search ', field);
    bar.append(label, found);
    frame.before(bar);
    field.addEventListener('input', () => {
      const wanted = field.value.toLowerCase();
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      found.textContent = shown + ' of ' + body.rows.length + ' rows';
    });
  }
}
