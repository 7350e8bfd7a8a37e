/** The first chapter: one ticket on its whole way, from a message to a confirmed close. */
import { type Case, hadButton, postedIn, saidInPlace } from './demo-case.ts';
import type { TierCast } from './demo-cast.ts';
import type { Play } from './demo-play.ts';
import { day, hour, minute, promised } from './demo-policy.ts';

/** How long the demo waits for what the policy promises before it goes on without. */
const patience = 2 * day;

export const playLadder = async (play: Play): Promise<void> => {
  const { tale, cast } = play;
  const [tier1, tier2, tier3] = cast.tiers;
  const [kim] = cast.customers;
  if (kim === undefined) return;
  tale.chapter(
    'A ticket climbs the ladder',
    'A plain message becomes a ticket. Tier 1 has 1 business hour to answer and 4 hours to solve it, Tier 2 has 12; then ' +
      'management has it. The customer hears something at least every 24 hours.',
  );
  const one = await play.writes(
    'ladder',
    kim,
    cast.intake ?? cast.lounge,
    'Our website shows error 500 since this morning',
  );

  await tale.skipTo(tale.stage.now() + 20 * minute);
  await play.claims(one, tier1.people[0], tier1.room.id);
  await climb(play, one, tier2, promised.tier2AfterTier1, '4 hours since Tier 1 took it on');
  if (tier2 !== undefined) {
    await tale.skipTo(tale.stage.now() + 30 * minute);
    await play.claims(one, tier2.people[0], tier2.room.id);
  }
  await climb(play, one, tier3, promised.tier3AfterTier2, '12 hours since Tier 2 took it on');
  if (tier3 !== undefined) {
    await tale.skipTo(tale.stage.now() + 20 * minute);
    await play.claims(one, tier3.people[0], tier3.room.id);
  }
  await holdingUpdate(play, one);
  await tale.skipTo(tale.stage.now() + 6 * hour);
  // On a desk with more tiers it may have gone on meanwhile.
  const last = cast.tiers.findLast(({ room }) => postedIn(tale.stage, room.id, one).length > 0) ?? tier1;
  if (last.number > 3) await play.claims(one, last.people[0], last.room.id);
  await play.resolves(one, last.people[0], last.room.id, {
    cause: 'A full disk on db-3',
    fix: 'Old logs removed, alarm added',
    message: 'The database had no room left. Your website answers again.',
  });
  await tale.skipTo(tale.stage.now() + 15 * minute);
  await play.answers(one, kim, 'Solved');
};

/** Goes to the promised instant; when the ticket is not there by then, on until it is. */
const climb = async (play: Play, one: Case, to: TierCast | undefined, within: number, title: string): Promise<void> => {
  const { tale } = play;
  const engaged = one.acts.findLast(({ deed }) => deed === 'claimed')?.at ?? tale.stage.now();
  await tale.passTo(engaged + within, title);
  if (to === undefined) {
    tale.remark('This desk has no further tier.');
    return;
  }
  const isThere = (): boolean => postedIn(tale.stage, to.room.id, one).length > 0;
  if (isThere()) return;
  tale.remark(`It is not there: no card has come to #${to.room.name}. The demo waits on.`);
  if (!(await tale.until(isThere, patience, 'Only now it goes up')))
    throw new Error(`${one.number} never came to Tier ${to.number}`);
};

/** Waits for a word to the customer that nobody of the staff has written. */
const holdingUpdate = async ({ tale }: Play, one: Case): Promise<void> => {
  const words = (): number => saidInPlace(tale.stage, one).length;
  const before = words();
  const came = await tale.until(
    () => words() > before,
    patience,
    'Nearly 24 hours without a word: Tierline writes itself',
  );
  if (!came) tale.remark('Nobody has told the customer anything for two days.');
  const last = saidInPlace(tale.stage, one).at(-1);
  if (last !== undefined && hadButton(last, 'Solved')) throw new Error(`${one.number} was resolved by nobody`);
};
