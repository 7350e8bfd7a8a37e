/** What happens beside the ladder, a chapter each: a critical ticket, one still broken, one in silence, one on a Friday. */
import { type Case, postedIn, saidInPlace } from './demo-case.ts';
import type { Actor } from './demo-cast.ts';
import { atLocal, lastHalfHour, workingTime } from './demo-hours.ts';
import type { Play } from './demo-play.ts';
import { afterBusiness, type Calendar, day, hour, minute } from './demo-policy.ts';
import type { FormValues } from './slack-records.ts';

const solution = (cause: string, fix: string, message: string): FormValues => ({ cause, fix, message });

export const playCritical = async (play: Play, customer: Actor): Promise<void> => {
  const { tale, cast } = play;
  const [tier1] = cast.tiers;
  tale.chapter(
    'A critical ticket, at night',
    'Management hears of it at once. Nobody answers, so the tier is called again, and management is told.',
  );
  await tale.skipTo(atLocal(tale.stage.now(), cast.zone, 23, 30));
  const one = await play.opensByForm('critical', customer, cast.lounge, {
    title: 'All our servers are down',
    description: 'None of our twelve servers answers since 23:20.',
    kind: 'technical',
    service: 'dedicated-server',
    impact: 'many',
    urgency: 'down',
  });
  await tale.passTo(tale.stage.now() + hour, 'An hour later nobody has answered');
  await tale.skipTo(tale.stage.now() + 10 * minute);
  await play.claims(one, tier1.people[1], tier1.room.id);
  await tale.skipTo(tale.stage.now() + 50 * minute);
  await play.resolves(
    one,
    tier1.people[1],
    tier1.room.id,
    solution('A switch had failed', 'Switch 4 replaced', 'Your servers are back; a network part had failed.'),
  );
  await play.answers(one, customer, 'Solved');
};

export const playBroken = async (play: Play, customer: Actor, calendar: Calendar): Promise<void> => {
  const { tale, cast } = play;
  const { slack } = tale.stage;
  const [tier1] = cast.tiers;
  const [ana, ben] = tier1.people;
  tale.chapter(
    'Still broken',
    'The customer says that it is not solved: it opens again with those who solved it. Meanwhile Slack delivers messages ' +
      'twice, and the customer types what would ring everybody, were it not shown as plain text.',
  );
  await tale.skipTo(workingTime(tale.stage.now() + hour, calendar));
  slack.faults.twice('in-turn');
  const text = `Mail is bouncing again! <!everyone> <@${cast.managers[0].id}> @here *now*`;
  const one = await play.writes('broken', customer, cast.intake ?? cast.lounge, text);
  slack.faults.twice('no');
  await tale.skipTo(tale.stage.now() + 10 * minute);
  await play.claims(one, ben, tier1.room.id);
  await play.resolves(
    one,
    ben,
    tier1.room.id,
    solution('A wrong MX record', 'MX record of Monday restored', 'Mail should arrive again.'),
  );
  await tale.skipTo(tale.stage.now() + 30 * minute);
  slack.faults.twice('in-turn');
  await play.answers(one, customer, 'Still broken');
  slack.faults.twice('no');
  await play.claims(one, ana, tier1.room.id);
  await play.resolves(
    one,
    ana,
    tier1.room.id,
    solution('A second wrong MX record', 'Both records set again', 'Now all mail servers know you.'),
  );
  await play.answers(one, customer, 'Solved');
};

export const playSilent = async (play: Play, customer: Actor, calendar: Calendar): Promise<void> => {
  const { tale, cast } = play;
  const [tier1] = cast.tiers;
  tale.chapter(
    'Silence',
    'The customer does not answer. They are asked again, then the ticket closes, and says it is unconfirmed.',
  );
  await tale.skipTo(workingTime(tale.stage.now() + hour, calendar));
  const one = await play.writes('silent', customer, cast.intake ?? cast.lounge, 'The invoice of December is wrong');
  await play.claims(one, tier1.people[0], tier1.room.id);
  await play.resolves(
    one,
    tier1.people[0],
    tier1.room.id,
    solution('The old tax rate was used', 'Rate set, invoice reissued', 'A new invoice is on its way.'),
  );
  const resolvedAt = tale.stage.now();
  await tale.passTo(resolvedAt + day, '24 hours of silence');
  await tale.passTo(resolvedAt + 2 * day, '48 hours of silence');
  await tale.passTo(resolvedAt + 3 * day, '72 hours of silence');
  await untilClosed(play, one);
};

/** Where a desk waits longer than the policy's shipped 72 hours. */
const untilClosed = async ({ tale }: Play, one: Case): Promise<void> => {
  const isClosed = (): boolean => /clos/i.test(saidInPlace(tale.stage, one).at(-1)?.text ?? '');
  if (!isClosed()) await tale.until(isClosed, 30 * day, 'At last it closes');
};

export const playFriday = async (play: Play, customer: Actor, calendar: Calendar): Promise<void> => {
  const { tale, cast } = play;
  const [tier1] = cast.tiers;
  const friday = lastHalfHour(tale.stage.now() + hour, calendar);
  const dueAt = afterBusiness(friday, hour, calendar);
  tale.chapter(
    'Half an hour before the weekend',
    dueAt - friday > hour
      ? 'One business hour counts business hours only: half of it is left for the next working day. Nobody answers.'
      : 'This desk never closes: an hour is an hour. Nobody answers.',
  );
  await tale.skipTo(friday);
  const one = await play.writes(
    'friday',
    customer,
    cast.intake ?? cast.lounge,
    'Please renew our domain name, it expires soon',
  );
  await tale.passTo(dueAt - minute, 'One minute before the hour is over');
  await tale.passTo(dueAt, 'The business hour is over');
  await tale.skipTo(dueAt + 10 * minute);
  await play.claims(one, tier1.people[0], tier1.room.id);
  await play.resolves(
    one,
    tier1.people[0],
    tier1.room.id,
    solution('No card on file', 'Renewed on account', 'Your domain is renewed for a year.'),
  );
  await play.answers(one, customer, 'Solved');
};

/** Whether a ticket stands in a tier's channel, to be acted on. */
export const standsIn = ({ tale }: Play, one: Case, channel: string): boolean =>
  postedIn(tale.stage, channel, one).length > 0;
