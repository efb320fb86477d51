// What a server costs that has 10,000 open cases and nothing to do: processor time over a minute, as a share of one core.
// Prints `what <tab> measured <tab> limit <tab> unit`. Arguments: the binary and a demonstration with as many open claims.
import { serve } from './served.mjs';

const [binary, dir, portText = '8932', secondsText = '60'] = process.argv.slice(2);
const seconds = Number(secondsText);
const server = await serve(binary, dir, Number(portText));
const reviewer = await server.persona('reviewer');
const { groups } = await reviewer.ask('GET', 'inbox?record=claim&show=all&limit=1');
const total = Object.values(groups).reduce((sum, count) => sum + count, 0);
if (!(total >= 10_000)) throw new Error(`only ${total} open cases`);
// the first looks at what is due are over
await new Promise((go) => setTimeout(go, 10_000));
const before = server.cpu();
await new Promise((go) => setTimeout(go, seconds * 1000));
console.log(`idle with ${total} open cases, share of a core\t${(((server.cpu() - before) / seconds) * 100).toFixed(2)}\t5\t%`);
await server.end('SIGTERM');
