/** Chapters about people who are not where one expects them: a tier without anybody, another company, a phone. */
import { standsIn } from './demo-beside.ts';
import { type Case, dmOf } from './demo-case.ts';
import type { Actor, TierCast } from './demo-cast.ts';
import { workingTime } from './demo-hours.ts';
import type { Play } from './demo-play.ts';
import { type Calendar, hour, minute } from './demo-policy.ts';

const solution = {
  cause: 'A setting of last night was wrong',
  fix: 'Setting taken back, check added',
  message: 'We have put it right. Please look.',
};

/** @returns when the tier was empty; null where the desk has but one tier */
export const playNobody = async (
  play: Play,
  customer: Actor,
  calendar: Calendar,
): Promise<{ readonly from: number; readonly to: number } | null> => {
  const { tale, cast } = play;
  const [tier1, tier2] = cast.tiers;
  const [ana] = tier1.people;
  if (tier2 === undefined) return null;
  const [manager] = cast.managers;
  tale.chapter(
    'A tier with nobody in it',
    'Management is told before anything depends on it, and gets the tickets until the tier has people again.',
  );
  await tale.skipTo(workingTime(tale.stage.now() + hour, calendar));
  const from = tale.stage.now();
  await tale.step(`Everybody of Tier 2 is gone: ${placeOf(tier2)} is empty`, () => setPeople(play, tier2, []));
  await tale.skipTo(tale.stage.now() + 10 * minute);
  const one = await play.writes('nobody', customer, cast.intake ?? cast.lounge, 'Our VPS loses packets');
  await play.claims(one, ana, tier1.room.id);
  await play.command(one, ana, tier1.room, `/escalate ${one.number}`, {
    deed: 'escalated',
    does: `${ana.name} types /escalate ${one.number} and says why in the form`,
    form: { reason: 'It needs network rights', note: 'Rebooted twice, in vain. Please trace the route' },
  });
  await tale.skipTo(tale.stage.now() + 10 * minute);
  await tale.step(`${tier2.people.map(({ name }) => name).join(' and ')} are back in Tier 2`, () =>
    setPeople(play, tier2, tier2.people),
  );
  const to = tale.stage.now();
  await tale.skipTo(tale.stage.now() + 10 * minute);
  const where = standsIn(play, one, tier2.room.id) ? tier2.room.id : dmOf(manager);
  const who = where === tier2.room.id ? tier2.people[0] : manager;
  await play.claims(one, who, where);
  await play.resolves(one, who, where, solution);
  await play.answers(one, customer, 'Solved');
  return { from, to };
};

const placeOf = ({ group, room }: TierCast): string => (group === null ? `#${room.name}` : `@${group.handle}`);

const setPeople = async ({ tale }: Play, { group, room, people }: TierCast, now: readonly Actor[]): Promise<void> => {
  const { change } = tale.stage.slack;
  if (group !== null)
    await change.setGroupMembers(
      group.id,
      now.map(({ id }) => id),
    );
  else if (now.length === 0) for (const { id } of people) await change.removeMember(room.id, id);
  else for (const { id } of now) await change.addMember(room.id, id);
  // Slack has told the bot; what it does every minute would have found it, too.
  await tale.stage.settle();
  await tale.stage.keepDesk();
};

export const playForeign = async (play: Play, calendar: Calendar): Promise<void> => {
  const { tale, cast } = play;
  const [tier1] = cast.tiers;
  const [fay, flo] = cast.foreign;
  tale.chapter(
    'Colleagues from another workspace',
    `${fay.name} and ${flo.name} work for a customer and share #${cast.shared.name} with the desk. They need nothing but their thread.`,
  );
  await tale.skipTo(workingTime(tale.stage.now() + hour, calendar));
  const one = await play.writes('foreign', fay, cast.shared, 'The checkout of our shop times out');
  await play.replies(one, flo, 'I see it, too: since the last deploy');
  await play.claims(one, tier1.people[1], tier1.room.id);
  await play.resolves(one, tier1.people[1], tier1.room.id, solution);
  await play.answers(one, flo, 'Solved');
};

export const playPhone = async (play: Play, calendar: Calendar): Promise<void> => {
  const { tale, cast } = play;
  const [tier1] = cast.tiers;
  const [ana] = tier1.people;
  tale.chapter(
    'A customer on the phone',
    'Tierline cannot reach this customer. It says on the card what somebody has to tell them, and by when.',
  );
  await tale.skipTo(workingTime(tale.stage.now() + hour, calendar));
  const one = await play.opensByForm('phone', ana, tier1.room, {
    title: 'Cannot log in to the control panel',
    description: 'The customer called: the password reset mail does not arrive.',
    kind: 'technical',
    service: 'shared-hosting',
    impact: 'person',
    urgency: 'degraded',
    name: 'Mr. Silva',
    reach: 'phone',
    contact: '+351 21 555 0142',
  });
  await play.claims(one, ana, tier1.room.id);
  await tells(play, one, ana, 'that we have their issue and who is on it');
  await tale.skipTo(tale.stage.now() + 40 * minute);
  await play.resolves(one, ana, tier1.room.id, solution);
  await tells(play, one, ana, 'the solution, and asks whether it is solved');
  await play.onCard(one, ana, tier1.room.id, 'Solved for the customer', {
    deed: 'solved',
    does: `Mr. Silva says on the phone that it is solved: ${ana.name} presses Solved for the customer`,
  });
};

const tells = (play: Play, one: Case, by: Actor, what: string): Promise<void> =>
  play.onCard(one, by, play.cast.tiers[0].room.id, 'Told them', {
    deed: 'told',
    does: `${by.name} calls Mr. Silva, tells him ${what}, and presses Told them`,
    form: { who: 'Mr. Silva', how: 'by phone' },
  });
