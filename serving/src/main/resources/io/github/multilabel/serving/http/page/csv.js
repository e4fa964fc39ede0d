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

/** One that no category has. */
function separator(categories) {
  return ['|', ';', ',', '/', '\t', '\n'].find(one => !categories.some(category => category.includes(one))) ?? '\0';
}

/** The values in one cell; the separator alone says that there are none, because an empty cell says that nothing is known. */
function joined(values, between) {
  return values.length === 0 ? between : values.join(between);
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

function headColumns({ name, categories }, answers) {
  const between = separator(categories);
  const column = (ending, value) => ({
    name: `${name}.${ending}`,
    cell: answer => (answer.heads.has(name) ? value(answer.heads.get(name)) : ''), // a model may have got another head
  });
  const told = of => (of.isUnknown ? [of.guess] : of.chosen); // whether it is unknown has a column of its own
  const columns = [
    column('prediction', of => joined(told(of).map(one => one.category), between)),
    column('probability', of => told(of).map(one => number(one.probability)).join(between)),
  ];
  return answers.some(answer => answer.heads.get(name)?.mayBeUnknown)
    ? [...columns, column('unknown', of => of.isUnknown)]
    : columns;
}

function sureColumns(heads, answers) {
  const between = separator(heads.map(head => head.name));
  const first = answer => answer.heads.get(answer.sure?.[0])?.guess;
  return !answers.some(answer => answer.sure) ? [] : [
    { name: 'sure', cell: answer => (answer.sure ? joined(answer.sure, between) : '') },
    { name: 'sure.category', cell: answer => first(answer)?.category ?? '' },
    { name: 'sure.probability', cell: answer => number(first(answer)?.probability) },
  ];
}

function combinationColumns(heads, answers) {
  const some = answers.find(answer => answer.combination)?.combination;
  return !some ? [] : [
    ...heads.filter(({ name }) => Object.hasOwn(some.categories, name)).map(({ name }) => ({
      name: `combination.${name}`, cell: ({ combination }) => combination?.categories[name] ?? '',
    })),
    { name: 'combination.probability', cell: ({ combination }) => number(combination?.probability) },
    { name: 'unusual', cell: ({ combination }) => combination?.unusual ?? '' },
  ];
}

function distanceColumns(answers) {
  return !answers.some(answer => answer.distance !== undefined) ? [] : [
    { name: 'image.unusual', cell: ({ unusual }) => unusual ?? '' },
    { name: 'image.distance', cell: ({ distance }) => number(distance) },
  ];
}

/** The text of the table. Photos without an answer have empty cells, and perhaps what is wrong with them. */
export function csv({ heads }, photos) {
  const answers = photos.map(photo => photo.answer).filter(Boolean);
  const columns = [
    ...heads.flatMap(head => headColumns(head, answers)),
    ...sureColumns(heads, answers),
    ...combinationColumns(heads, answers),
    ...distanceColumns(answers),
  ];
  const header = unlike(['source', ...columns.map(column => column.name), 'problem']);
  const rows = photos.map(({ name, answer, problem }) =>
    [name, ...columns.map(column => (answer ? column.cell(answer) : '')), problem ?? '']);
  // spreadsheets take UTF-8 without the mark for an alphabet of their own
  return '\ufeff' + [header, ...rows].map(row => row.map(cell).join(',') + '\r\n').join('');
}
