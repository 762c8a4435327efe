// What a slide shows under its title, as HTML. shown: how many of its steps are there.

export function content(slide, shown) {
  if (slide.points) return points(slide.points, shown);
  if (slide.code) return code([slide.code].flat(), shown);
  if (slide.svg) return drawing(slide.svg, shown);
  return sheet(slide.sheet, shown);
}

function points(lines, shown) {
  const blaze = '<svg viewBox="-10 -14 20 28"><path d="M0-14L10 0L0 14L-10 0Z"/></svg>';
  const items = lines.map((line, index) => `<li${index < shown ? "" : ' class="unseen"'}>${blaze}${escape(line)}</li>`);
  return `<ul class="points">${items.join("")}</ul>`;
}

// Of a session in a terminal, the commands stand out.
function code([first, ...more], shown) {
  const isSession = first.startsWith("$ ");
  const pieces = more.map(
    (text, index) => `<span${index < shown ? "" : ' class="ahead"'}>${colour(text, isSession)}</span>`,
  );
  return `<div class="code">${colour(first, isSession)}${pieces.join("")}</div>`;
}

function colour(text, isSession) {
  if (!isSession) return escape(text);
  const lines = text.split("\n").map((line) => {
    const [, prompt, body, comment] = /^(\$ )?(.*?)(\s+#.*)?$/.exec(line);
    return [
      ["prompt", prompt],
      [prompt ? "command" : "output", body],
      ["comment", comment],
    ]
      .map(([kind, part]) => (part ? `<span class="${kind}">${escape(part)}</span>` : ""))
      .join("");
  });
  return lines.join("\n");
}

function drawing(svg, shown) {
  return svg
    .replace(/^<svg /, '<svg class="drawing" ')
    .replace(/data-step="(\d+)"/g, (attribute, step) =>
      Number(step) <= shown ? attribute : `${attribute} visibility="hidden"`,
    );
}

function sheet({ first = "A", formula, rows, steps = [] }, shown) {
  const now = { formula, lit: [], fill: {} };
  for (const step of steps.slice(0, shown)) {
    Object.assign(now.fill, step.fill);
    now.formula = step.formula ?? now.formula;
    now.lit = step.lit ?? now.lit;
  }
  const columns = rows[0].map((_, index) =>
    columnOf(
      letter(first, index),
      rows.map((row) => row[index]),
      steps,
    ),
  );
  const body = rows.map((row, index) => {
    const cells = row.map((text, at) => cell(columns[at], index + 1, text, now));
    return `<tr><th>${index + 1}</th>${cells.join("")}</tr>`;
  });
  const bar = now.formula === undefined ? "" : `<div class="formula"><i>fx</i>${escape(now.formula)}</div>`;
  const head = columns.map(({ name, width }) => `<th style="min-width: ${width}em">${name}</th>`).join("");
  return `<div>${bar}<table class="sheet"><tr><th></th>${head}</tr>${body.join("")}</table></div>`;
}

// A column is from the beginning as wide as it will ever need, so that nothing moves.
function columnOf(name, texts, steps) {
  const filled = steps.flatMap(({ fill = {} }) =>
    Object.entries(fill)
      .filter(([place]) => place[0] === name)
      .map(([, text]) => text),
  );
  const width = Math.max(0, ...[...texts, ...filled].map(widthOf));
  return { name, width: width === 0 ? 1.2 : width + 1.2 };
}

// In ems, roughly.
function widthOf(text) {
  return [...text].reduce((width, character) => width + (/\p{Script=Han}/u.test(character) ? 1 : 0.58), 0);
}

function cell({ name }, row, text, { lit, fill }) {
  const filled = fill[`${name}${row}`];
  const value = filled ?? text;
  const kinds = [
    /^[\d.]+$/.test(value) && "number",
    filled === undefined && lit.some((range) => covers(range, name, row)) && "lit",
    filled !== undefined && "result",
  ];
  return `<td class="${kinds.filter(Boolean).join(" ")}">${escape(value)}</td>`;
}

function letter(first, column) {
  return String.fromCharCode(first.charCodeAt(0) + column);
}

// Whether a cell, or a range such as B2:C5, covers this place.
function covers(range, column, row) {
  const [from, to = from] = range.split(":");
  return column >= from[0] && column <= to[0] && row >= Number(from.slice(1)) && row <= Number(to.slice(1));
}

export function escape(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
