// The answers as a table in CSV (RFC 4180), with the columns that "multilabel predict --output" writes.

const FORMULA = /^[=+\-@\t\r]/;
const SPECIAL = /[",\r\n]/;

/** A spreadsheet runs what begins as a formula does; the quote makes it text. */
function cell(value) {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function number(probability) {
  return Number.isFinite(probability) ? probability.toFixed(6) : '';
}

/** The tags in one cell; the separator alone says that there are none. */
function joined({ areTags, chosen, isUnknown, guess }) {
  if (areTags && chosen.length === 0) {
    return ['|', ''];
  }
  const told = isUnknown ? [guess] : chosen; // whether it is unknown has a column of its own
  return [
    told.map(one => one.category).join('|'),
    told.map(one => number(one.probability)).join('|'),
  ];
}

/** Two heads may make two columns alike; the later has a quote behind it. */
function unlike(names) {
  const seen = new Set();
  return names.map(name => {
    let free = name;
    while (seen.has(free)) {
      free += "'";
    }
    seen.add(free);
    return free;
  });
}

export function csv(model, photos) {
  const answers = photos.map(photo => photo.answer).filter(Boolean);
  const unknown = new Set();
  answers.forEach(answer => answer.heads.forEach((of, name) => of.mayBeUnknown && unknown.add(name)));
  const hasSure = answers.some(answer => answer.sure);
  const hasUnusual = answers.some(answer => answer.combination);

  const header = ['source'];
  for (const { name } of model.heads) {
    header.push(`${name}.prediction`, `${name}.probability`, ...(unknown.has(name) ? [`${name}.unknown`] : []));
  }
  header.push(...(hasSure ? ['sure'] : []), ...(hasUnusual ? ['unusual'] : []), 'problem');

  const rows = photos.map(({ name: file, answer, problem }) => {
    const cells = [file];
    for (const { name } of model.heads) {
      const of = answer?.heads.get(name);
      cells.push(...(of ? joined(of) : ['', '']));
      if (unknown.has(name)) {
        cells.push(of ? of.isUnknown : '');
      }
    }
    if (hasSure) {
      cells.push(answer?.sure ? answer.sure.join('|') || '|' : '');
    }
    if (hasUnusual) {
      cells.push(answer?.combination?.unusual ?? '');
    }
    return [...cells, problem ?? ''];
  });
  // spreadsheets take UTF-8 without the mark for an alphabet of their own
  return '\ufeff' + [unlike(header), ...rows].map(row => row.map(cell).join(',') + '\r\n').join('');
}
