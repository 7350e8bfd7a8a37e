import { everything, runWorld } from './world.ts';

const [seed = '1', days = '30'] = process.argv.slice(2);
const begun = performance.now();
const result = await runWorld({ ...everything(seed, Number(days)), ...(process.env.HEAR ? { hear: (l: string) => console.log(l) } : {}) });
console.log(result, Math.round(performance.now() - begun), 'ms');
