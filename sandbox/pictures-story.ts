/** The story behind the pictures, in chapters that each leave nothing open for the next. */
import type { Actor } from './demo-cast.ts';
import type { Camera } from './pictures-camera.ts';
import type { Studio } from './pictures-studio.ts';

const minute = 60_000;
const hour = 60 * minute;

type People = {
  readonly kim: Actor;
  readonly lou: Actor;
  readonly mia: Actor;
  readonly ned: Actor;
  readonly ana: Actor;
  readonly ben: Actor;
  readonly carla: Actor;
  readonly eva: Actor;
  readonly max: Actor;
  readonly help: string;
  readonly tiers: readonly [string, string, string];
};

export const takePictures = async (studio: Studio, camera: Camera): Promise<void> => {
  const people = peopleOf(studio);
  await aTicketSolved(studio, camera, people);
  await aCriticalOne(studio, camera, people);
  await aSilentCustomer(studio, camera, people);
  await aCallByPhone(studio, camera, people);
  await theAnswers(studio, camera, people);
};

const peopleOf = ({ cast }: Studio): People => {
  const [kim, lou, mia, ned] = cast.customers;
  const [tier1, tier2, tier3] = cast.tiers;
  if (!kim || !lou || !mia || !ned || !tier2 || !tier3 || cast.intake === null)
    throw new Error('Cannot take the pictures: the desk is too small');
  const [ana, ben] = tier1.people;
  return {
    kim,
    lou,
    mia,
    ned,
    ana,
    ben,
    carla: tier2.people[0],
    eva: tier3.people[0],
    max: cast.managers[0],
    help: cast.intake.id,
    tiers: [tier1.room.id, tier2.room.id, tier3.room.id],
  };
};

/** From the customer's message to "Solved", with every form that a tier member fills in on the way. */
const aTicketSolved = async (studio: Studio, camera: Camera, { kim, ana, help, tiers }: People): Promise<void> => {
  const [tier1] = tiers;
  const asked = await studio.says(kim, help, 'Our web shop shows error 502 since this morning. The server is vps-17.');
  const card = () => studio.card(tier1, 'ESC-1');
  await camera.thread('thread-receipt', kim, asked);
  await camera.message('card-new', ana, card());
  await studio.presses(kim, studio.said('Thank you'), 'How escalation works');
  await camera.form('form-how-escalation-works', kim);
  await studio.closes(kim);
  await studio.presses(kim, studio.said('Thank you'), 'Add details');
  await camera.form('form-add-details', kim);
  await studio.sends(kim, { text: 'It began after the update of last night.' });

  await studio.wait(20 * minute);
  await studio.presses(ana, card(), 'Claim');
  await camera.message('card-claimed', ana, card());
  await camera.window('workspace', ana, tier1, card());

  await studio.presses(ana, card(), 'More…');
  await camera.form('form-more', ana);
  await studio.pressesInForm(ana, 'Note');
  await camera.form('form-note', ana);
  await studio.sends(ana, {
    note: 'php-fpm on vps-17 is out of workers; the update doubled the memory each one takes.',
  });
  await studio.closes(ana);
  await studio.presses(ana, card(), 'Triage');
  await camera.form('form-triage', ana);
  await studio.sends(ana, {
    kind: 'technical',
    service: 'vps',
    impact: 'site',
    urgency: 'down',
    reason: 'The whole shop is down',
  });

  await studio.presses(ana, card(), 'Update customer');
  await camera.form('form-update', ana);
  await studio.sends(ana, {
    text: 'We found the cause and are giving the server more memory.',
    expected: studio.now() / 1000 + 2 * 3600,
  });
  await camera.form('form-update-preview', ana);
  await studio.sends(ana, {});

  await studio.presses(ana, card(), 'Wait for customer');
  await camera.form('form-wait', ana);
  await studio.sends(ana, { need: 'May we restart the server now? The shop is away for a minute.' });
  await camera.message('card-waiting', ana, card());
  await studio.says(kim, help, 'Yes, please go on.', asked.ts);

  await studio.wait(30 * minute);
  await studio.presses(ana, card(), 'Resolve');
  await camera.form('form-resolve', ana);
  await studio.sends(ana, {
    cause: 'The update of last night doubled the memory of each php-fpm worker',
    fix: 'vps-17 has 8 GB now, and half the workers',
    message: 'The shop has more memory and answers again.',
  });
  await camera.form('form-resolve-preview', ana);
  await studio.sends(ana, {});
  await camera.message('card-resolved', ana, card());
  await camera.thread('thread-asked', kim, asked);
  await studio.wait(10 * minute);
  await studio.presses(kim, studio.said('Still broken'), 'Solved');
  await camera.message('card-closed-confirmed', ana, card());
  await camera.thread('thread-closed', kim, asked);
  await studio.presses(ana, card(), 'Reopen');
  await camera.form('form-reopen', ana);
  await studio.closes(ana);
};

/** A critical ticket that nobody takes: it climbs by itself, and the manager hears of each step. */
const aCriticalOne = async (
  studio: Studio,
  camera: Camera,
  { lou, ana, ben, carla, eva, max, help, tiers }: People,
): Promise<void> => {
  const [tier1, tier2, tier3] = tiers;
  await studio.types(lou, help, '/ticket new');
  await camera.form('form-new-ticket', lou);
  await studio.sends(lou, {
    title: 'All our servers are down',
    description: 'Nothing answers since five minutes ago, neither the shops nor mail.',
    kind: 'technical',
    service: 'dedicated-server',
    impact: 'many',
    urgency: 'down',
    reach: 'chat',
  });
  await studio.closes(lou);
  await camera.message('card-critical', ana, studio.card(tier1, 'ESC-2'));
  const managers = studio.stage.slack.dmWithBot(max.id);
  await camera.message('manager-critical', max, studio.said('ESC-2', managers));
  await studio.wait(65 * minute);
  await camera.message('card-overdue', ana, studio.card(tier1, 'ESC-2'));
  await studio.presses(ben, studio.card(tier1, 'ESC-2'), 'Assign');
  await camera.form('form-assign', ben);
  await studio.sends(ben, { person: ana.id, note: 'You know these servers best.' });
  await studio.wait(4 * hour);
  await camera.message('card-moved', ana, studio.card(tier1, 'ESC-2'));
  await camera.message('card-escalated', carla, studio.card(tier2, 'ESC-2'));
  await studio.presses(carla, studio.card(tier2, 'ESC-2'), 'Hand-over note');
  await camera.form('form-hand-over-note', carla);
  await studio.sends(carla, { note: 'Power is there, the core switch does not answer. Needed: somebody on site.' });
  await studio.presses(carla, studio.card(tier2, 'ESC-2'), 'Hand back');
  await camera.form('form-hand-back', carla);
  await studio.closes(carla);
  await studio.presses(carla, studio.card(tier2, 'ESC-2'), 'Escalate');
  await camera.form('form-escalate', carla);
  await studio.sends(carla, { reason: 'The core switch is broken', note: 'The spare one is in rack 4.' });
  await camera.message('card-last-tier', eva, studio.card(tier3, 'ESC-2'));
  await camera.window('manager', max, managers);
  await studio.presses(eva, studio.card(tier3, 'ESC-2'), 'Claim');
  await studio.presses(eva, studio.card(tier3, 'ESC-2'), 'Call managers');
  await camera.form('form-call-managers', eva);
  await studio.closes(eva);
};

/** Nobody answers the question whether it is solved. */
const aSilentCustomer = async (
  studio: Studio,
  camera: Camera,
  { mia, ned, ana, help, tiers }: People,
): Promise<void> => {
  const [tier1] = tiers;
  const asked = await studio.says(mia, help, 'The invoice of December is wrong');
  const card = () => studio.card(tier1, 'ESC-3');
  await studio.presses(ana, card(), 'Claim');
  await studio.presses(ana, card(), 'Resolve');
  await studio.sends(ana, {
    cause: 'The old tax rate',
    fix: 'Rate set, invoice reissued',
    message: 'A new invoice is on its way.',
  });
  await studio.sends(ana, {});
  await studio.wait(72 * hour + minute);
  await camera.message('card-closed-unconfirmed', ana, card());
  await camera.thread('thread-unconfirmed', mia, asked);

  await studio.says(ned, help, 'Test, please ignore');
  await studio.presses(ana, studio.card(tier1, 'ESC-4'), 'Dismiss');
  await camera.form('form-dismiss', ana);
  await studio.sends(ana, { reason: 'Only a test' });
  await camera.message('card-dismissed', ana, studio.card(tier1, 'ESC-4'));
};

/** Somebody called: staff opens the ticket, and has to tell the customer themselves. */
const aCallByPhone = async (studio: Studio, camera: Camera, { ana, tiers }: People): Promise<void> => {
  const [tier1] = tiers;
  await studio.types(ana, tier1, '/ticket new');
  await camera.form('form-new-ticket-staff', ana);
  await studio.sends(ana, {
    title: 'Domain example.test does not resolve',
    description: 'Called by phone: no mail since Monday.',
    kind: 'technical',
    service: 'domain',
    impact: 'site',
    urgency: 'degraded',
    name: 'R. Sommer, Sommer & Sons',
    reach: 'phone',
    contact: '+49 30 0000000',
  });
  await camera.form('form-opened', ana);
  await studio.closes(ana);
  const card = () => studio.card(tier1, 'ESC-5');
  await studio.presses(ana, card(), 'Claim');
  await camera.message('card-phone', ana, card());
  await studio.presses(ana, card(), 'Told them');
  await camera.form('form-told', ana);
  await studio.closes(ana);
};

/** What is answered to commands, each only to the one who asked. */
const theAnswers = async (studio: Studio, camera: Camera, { kim, ana, help, tiers }: People): Promise<void> => {
  const [tier1] = tiers;
  for (const [name, by, where, line] of [
    ['answer-list', ana, tier1, '/ticket list all'],
    ['answer-show', ana, tier1, '/ticket show ESC-2'],
    ['answer-why', ana, tier1, '/ticket why ESC-5'],
    ['answer-history', ana, tier1, '/ticket history ESC-1'],
    ['answer-help', ana, tier1, '/ticket help'],
    ['answer-customer-list', kim, help, '/ticket list'],
    ['answer-customer-show', kim, help, '/ticket show ESC-1'],
    ['answer-customer-help', kim, help, '/ticket help'],
    ['answer-policy', kim, help, '/policy show'],
  ] as const) {
    await studio.types(by, where, line);
    await camera.message(name, by, studio.whispered(by));
  }
};
