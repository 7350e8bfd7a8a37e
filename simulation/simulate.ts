import { everything, runWorld } from './world.ts';

const [seed = '1', days = '30'] = process.argv.slice(2);
const begun = performance.now();
const result = await runWorld({
  ...everything(seed, Number(days)),
  ...(process.env.HEAR ? { hear: (l: string) => console.log(l) } : {}),
});
const { violation, faults, ...rest } = result;
console.log(
  JSON.stringify(rest),
  Object.values(faults).reduce((a, b) => a + b, 0),
  Math.round(performance.now() - begun),
  'ms',
);
if (violation) console.log(violation.message, 'day', violation.day, '\n' + violation.story.join('\n'));
