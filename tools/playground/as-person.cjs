// Prints the Playground's configuration with another person of it as the one who types: node as-person.cjs 05
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const number = process.argv[2] || '01';
const text = fs.readFileSync(path.join(__dirname, '.m365agentsplayground.yml'), 'utf8');
const [, head, current, users, tail] = text.match(/^([^]*?\ncurrentUser:\n)((?:  .*\n)+)users:\n((?:  .*\n)+)([^]*)$/);

// People as lists of `key: value`, whatever the indentation they stand in.
const people = [current, ...users.split(/^  - /m).slice(1)].map((block) => block.trim().split(/\n\s*/));
const chosen = people.find((person) => person[0] === `id: 29:playground-${number}`);
if (!chosen) {
  console.error(`Nobody has the number ${number}: ${people.map((person) => `${person[0].slice(-2)} ${person[1].slice(6)}`).join(', ')}`);
  process.exit(2);
}
const others = people.filter((person) => person !== chosen);
const listed = others.map((person) => `  - ${person.join('\n    ')}\n`).join('');
// A personal chat belongs to one person, so it has an id of its own for each.
const rest = tail.replace('a:playground-01', `a:playground-${number}`);
process.stdout.write(`${head}  ${chosen.join('\n  ')}\nusers:\n${listed}${rest}`);
