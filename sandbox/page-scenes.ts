/** Scenes to look at, each set up by one click on an empty desk. */
import { DateTime } from 'luxon';
import type { Actor } from './demo-cast.ts';
import { atLocal, lastHalfHour, workingTime } from './demo-hours.ts';
import { type Calendar, type DeskPlan, minute } from './demo-policy.ts';
import type { PageScene } from './page/protocol.ts';
import type { SceneHands } from './page-scene-hands.ts';

export type Scene = PageScene & {
  /** When it begins, epoch ms. */
  readonly startAt: (calendar: Calendar) => number;
  /** The desk it plays on, made from the demo's own. */
  readonly desk?: (plan: DeskPlan) => DeskPlan;
  readonly play: (hands: SceneHands) => Promise<void>;
};

/** A Monday in January, 09:00 in UTC. */
const monday = Date.UTC(2027, 0, 11, 8);
/** The Monday before Christmas. */
const advent = Date.UTC(2026, 11, 21, 8);

const customer = ({ cast }: SceneHands, index: number): Actor =>
  cast.customers[index % cast.customers.length] ?? nobody();
const nobody = (): never => {
  throw new Error('Setting up the scene failed: there is no customer');
};

const scenes: readonly Scene[] = [
  {
    id: 'friday',
    title: 'Friday, half past four',
    watch: [
      'A customer asks for help half an hour before the weekend: the receipt names a time on Monday, not tonight.',
      'Move to the next deadline: on Saturday Tier 1 is reminded of the daily word to the customer, and of nothing else.',
      'Type /ticket why ESC-1 as somebody of Tier 1: it names the weekend among the hours that do not count.',
    ],
    startAt: (calendar) => lastHalfHour(monday, calendar),
    play: (hands) => hands.writes(customer(hands, 4), 'Please renew our domain name, it expires on Sunday'),
  },
  {
    id: 'asleep',
    title: 'Tier 1 is asleep',
    watch: [
      'A ticket has waited for three quarters of an hour, and Tier 1 has just been reminded that nobody has it.',
      'Move to the next deadline: the hour is over, Tier 1 is called again, and the manager reads of it in a direct message.',
      'Go on for four hours: the ticket moves to Tier 2 by itself, and the customer is told in their thread.',
    ],
    startAt: (calendar) => workingTime(monday, calendar),
    play: async (hands) => {
      await hands.writes(customer(hands, 0), 'My website shows error 500 since this morning');
      await hands.waits(50 * minute);
    },
  },
  {
    id: 'outage',
    title: 'A critical outage at night',
    watch: [
      'It is half past eleven at night, and the whole platform is down: Tier 1 and the manager were called at once.',
      'Every hour counts for a critical ticket: move on by one hour, and see who is called when nobody claims it.',
      'Claim it as somebody of Tier 1 and send the customer an update: card, thread and direct message all say the same.',
    ],
    startAt: (calendar) => atLocal(monday, calendar.zone, 23, 30),
    play: (hands) =>
      hands.opensByForm(customer(hands, 1), {
        title: 'All our servers are down',
        description: 'None of our twelve servers answers since 23:20.',
        kind: 'technical',
        service: 'dedicated-server',
        impact: 'many',
        urgency: 'down',
      }),
  },
  {
    id: 'thirty',
    title: 'Thirty tickets about one server',
    watch: [
      'Six customers have written about thirty sites on web-12 within half an hour: every message has its own receipt.',
      'Look into the channel of Tier 1: each ticket has one card, and what would call the tier thirty times is folded.',
      'Move to the next deadline a few times: reminders for many tickets come as one message that lists them.',
    ],
    startAt: (calendar) => workingTime(monday, calendar),
    play: async (hands) => {
      for (let site = 0; site < 30; site += 1) {
        await hands.writes(
          customer(hands, site),
          `${sites[site % sites.length]}-${site + 1}.example on web-12 ${complaints[site % complaints.length]}`,
        );
        await hands.waits(minute);
      }
    },
  },
  {
    id: 'silent',
    title: 'The customer who never answers',
    watch: [
      'The ticket is resolved, and the customer was asked whether it is solved; they say nothing.',
      'Move to the next deadline: after 24 and after 48 hours they are asked again, kindly, in their own thread.',
      'After 72 hours it closes as unconfirmed and says so; a reply within seven days opens it again.',
    ],
    startAt: (calendar) => workingTime(monday, calendar),
    play: async (hands) => {
      const [tier1] = hands.cast.tiers;
      await hands.writes(customer(hands, 3), 'The invoice of December is wrong');
      await hands.claims(tier1.people[0], tier1.room.id);
      await hands.waits(20 * minute);
      await hands.resolves(tier1.people[0], tier1.room.id, {
        cause: 'The old tax rate was used',
        fix: 'Rate set, invoice reissued',
        message: 'A new invoice is on its way.',
      });
    },
  },
  {
    id: 'holidays',
    title: 'Christmas',
    watch: [
      'It is the last half hour before Christmas, and a customer asks for help: this desk is closed on Friday, and then comes a weekend.',
      'The receipt names a time after the holidays; /ticket why ESC-1 names Christmas Day among the hours that do not count.',
      'Move to the next deadline and read the thread: a word comes every 24 hours, on holidays too.',
    ],
    startAt: (calendar) => lastHalfHour(advent, calendar),
    desk: (plan) => ({
      ...plan,
      policy: { ...plan.policy, calendar: { ...plan.policy.calendar, holidays: christmas(plan.policy.calendar) } },
    }),
    play: (hands) => hands.writes(customer(hands, 5), 'Our shop is slow, and everybody is buying presents'),
  },
];

const sites = ['flowers', 'bakery', 'bicycles', 'bookshop', 'theatre'] as const;
const complaints = ['does not load', 'is down', 'shows error 503', 'is very slow'] as const;

const christmas = ({ holidays, zone }: Calendar): Calendar['holidays'] => {
  const own = [
    { date: '2026-12-25', name: 'Christmas Day' },
    { date: '2027-01-01', name: 'New Year' },
  ].filter(({ date }) => DateTime.fromISO(date, { zone }).isValid && !holidays.some((each) => each.date === date));
  return [...holidays, ...own];
};

/** What the page offers. */
export const sceneList: readonly PageScene[] = scenes.map(({ id, title, watch }) => ({ id, title, watch }));

export const sceneById = (id: string): Scene | null => scenes.find((each) => each.id === id) ?? null;
