/**
 * A ticket as a child would build it: a mutable object and a tick for every minute that passes, counting minutes up
 * and looking whether a count is full. It shares no code with the product and knows no instants. Every clock counts
 * elapsed minutes here; the calendar has a model of its own.
 */
export interface NaiveTicket {
  now: number;
  status: 'open' | 'waiting' | 'resolved' | 'closed';
  outcome: 'confirmed' | 'unconfirmed' | 'dismissed' | null;
  tier: number;
  owner: string | null;
  priority: 'normal' | 'critical';
  engaged: boolean;
  step: number;
  /** Minutes counted. */
  respond: number;
  takeUp: number;
  handOver: number;
  untold: number;
  wait: number;
  asked: number;
  closedFor: number;
  respondWarned: boolean;
  handOverWarned: boolean;
  updateWarned: number;
  reminded: number;
  retimed: boolean;
  happened: string[];
}

const H = 60;
const numbers = {
  respond: { normal: [60, 60, 60], critical: [40, 60, 60] },
  handOver: { normal: [4 * H, 12 * H], critical: [2 * H, 12 * H] },
} as const;

/** Which tiers each person belongs to; max is the manager and may do everything. */
export const naiveTiers: Readonly<Record<string, readonly number[]>> = {
  ANA: [1],
  BEN: [1, 2],
  CLEO: [2],
  DORA: [3],
  MAX: [1, 2, 3],
  KIM: [],
};

export const newNaiveTicket = (): NaiveTicket => ({
  now: 0,
  status: 'open',
  outcome: null,
  tier: 1,
  owner: null,
  priority: 'normal',
  engaged: false,
  step: 0,
  respond: 0,
  takeUp: 0,
  handOver: 0,
  untold: 0,
  wait: 0,
  asked: 0,
  closedFor: 0,
  respondWarned: false,
  handOverWarned: false,
  updateWarned: 0,
  reminded: 0,
  retimed: false,
  happened: [],
});

const say = (t: NaiveTicket, what: string): void => {
  t.happened.push(`${t.now} ${what}`);
};

const told = (t: NaiveTicket): void => {
  t.untold = 0;
  t.updateWarned = 0;
};

const engage = (t: NaiveTicket): void => {
  if (t.engaged) return;
  t.engaged = true;
  t.takeUp = 0;
  t.handOver = 0;
};

const moveTo = (t: NaiveTicket, tier: number): void => {
  t.tier = tier;
  t.engaged = false;
  t.respond = 0;
  t.respondWarned = false;
  t.handOverWarned = false;
  t.takeUp = 0;
  t.handOver = 0;
};

const escalate = (t: NaiveTicket): void => {
  const keeper = t.owner !== null && naiveTiers[t.owner]?.includes(t.tier + 1) && t.owner !== 'MAX' ? t.owner : null;
  moveTo(t, t.tier + 1);
  t.owner = keeper;
  if (keeper !== null) engage(t);
  t.step += 1;
  told(t);
};

/** One minute goes by. */
export const tick = (t: NaiveTicket): void => {
  t.now += 1;
  if (t.status === 'open') {
    if (!t.engaged) t.respond += 1;
    else t.handOver += 1;
    if (t.engaged && t.owner === null) t.takeUp += 1;
  }
  if (t.status === 'open' || t.status === 'waiting') t.untold += 1;
  if (t.status === 'waiting') t.wait += 1;
  if (t.status === 'resolved') t.asked += 1;
  if (t.status === 'closed') t.closedFor += 1;
  look(t);
};

/** Does everything that is full, again and again until nothing is. */
export const look = (t: NaiveTicket): void => {
  while (lookOnce(t)) {
    // Each thing done may make another due.
  }
};

const lookOnce = (t: NaiveTicket): boolean => {
  const respondIn = numbers.respond[t.priority][t.tier - 1] ?? 0;
  const handOverIn = numbers.handOver[t.priority][t.tier - 1] ?? 0;
  if (t.status === 'open' && !t.engaged) {
    if (t.respond >= respondIn) {
      say(t, 'response-missed');
      engage(t);
      return true;
    }
    if (!t.respondWarned && t.respond >= respondIn * 0.75) {
      t.respondWarned = true;
      say(t, 'warned respond');
      return true;
    }
  }
  if (t.status === 'open' && t.engaged && t.owner === null && t.takeUp === 60) {
    t.takeUp = 0;
    say(t, 'take-up-missed');
    return true;
  }
  if (t.status === 'open' && t.engaged && t.tier < 3) {
    if (t.handOver >= handOverIn) {
      say(t, 'escalated');
      escalate(t);
      return true;
    }
    if (!t.handOverWarned && t.handOver >= handOverIn * 0.75) {
      t.handOverWarned = true;
      say(t, 'warned hand-over');
      return true;
    }
  }
  if (t.status === 'waiting' && t.wait === 72 * H) {
    t.wait = 0;
    say(t, 'wait-reminded');
    return true;
  }
  if (t.status === 'open' || t.status === 'waiting') {
    if (t.untold === 24 * H - 15) {
      say(t, 'holding-update-sent');
      told(t);
      return true;
    }
    if ((t.untold === 20 * H && t.updateWarned < 1) || (t.untold === 23 * H && t.updateWarned < 2)) {
      t.updateWarned = t.untold === 20 * H ? 1 : 2;
      say(t, 'warned update');
      return true;
    }
  }
  if (t.status === 'resolved') {
    if (t.asked === 72 * H) {
      t.status = 'closed';
      t.outcome = 'unconfirmed';
      t.step += 1;
      t.closedFor = 0;
      say(t, 'closed');
      return true;
    }
    const times = t.asked === 24 * H ? 1 : t.asked === 48 * H ? 2 : 0;
    if (times > t.reminded) {
      t.reminded = times;
      say(t, 'confirmation-asked');
      return true;
    }
  }
  return false;
};

const mayAct = (t: NaiveTicket, who: string): boolean => naiveTiers[who]?.some((tier) => tier >= t.tier) ?? false;

const reopen = (t: NaiveTicket): void => {
  t.status = 'open';
  t.outcome = null;
  t.owner = null;
  t.step += 1;
  t.takeUp = 0;
  t.asked = 0;
  t.reminded = 0;
  told(t);
};

const resume = (t: NaiveTicket): void => {
  t.status = 'open';
  t.step += 1;
  t.takeUp = 0;
};

const own = (t: NaiveTicket, who: string): void => {
  engage(t);
  t.owner = who;
  t.step += 1;
  t.takeUp = 0;
};

/** What each act does, and whether it may; false is a refusal. Acts come after the minute's own steps. */
export const naiveActs: Readonly<Record<string, (t: NaiveTicket, who: string) => boolean>> = {
  claim: (t, who) => {
    if (!mayAct(t, who) || t.owner !== null || t.status === 'resolved' || t.status === 'closed') return false;
    own(t, who);
    told(t);
    return true;
  },
  'take-over': (t, who) => {
    if (!mayAct(t, who) || t.owner === who || t.status === 'resolved' || t.status === 'closed') return false;
    const wasFree = t.owner === null;
    own(t, who);
    if (wasFree) told(t);
    return true;
  },
  release: (t, who) => {
    if (!mayAct(t, who) || t.owner === null) return false;
    t.owner = null;
    t.takeUp = 0;
    t.step += 1;
    return true;
  },
  'staff-say': (t, who) => {
    if (naiveTiers[who]?.length === 0) return false;
    if (mayAct(t, who)) engage(t);
    told(t);
    return true;
  },
  update: (t, who) => {
    if (!mayAct(t, who) || t.status === 'closed') return false;
    engage(t);
    told(t);
    return true;
  },
  wait: (t, who) => {
    if (!mayAct(t, who) || t.status !== 'open') return false;
    engage(t);
    t.status = 'waiting';
    t.wait = 0;
    t.step += 1;
    told(t);
    return true;
  },
  resume: (t, who) => {
    if (!mayAct(t, who) || t.status !== 'waiting') return false;
    resume(t);
    return true;
  },
  'customer-say': (t) => {
    if (t.status === 'waiting') resume(t);
    else if (t.status === 'resolved') {
      t.asked = 0;
      t.reminded = 0;
    }
    return true;
  },
  'customer-say-broken': (t) => {
    if (t.status === 'waiting') resume(t);
    else if (t.status === 'resolved') reopen(t);
    return true;
  },
  resolve: (t, who) => {
    if (!mayAct(t, who) || t.status === 'resolved' || t.status === 'closed') return false;
    if (t.status === 'waiting') resume(t);
    else t.step += 1;
    engage(t);
    t.status = 'resolved';
    t.asked = 0;
    t.reminded = 0;
    return true;
  },
  confirm: (t) => {
    if (t.status === 'closed') return false;
    t.status = 'closed';
    t.outcome = 'confirmed';
    t.closedFor = 0;
    t.step += 1;
    return true;
  },
  'still-broken': (t) => {
    if (t.status !== 'resolved') return false;
    reopen(t);
    return true;
  },
  dismiss: (t, who) => {
    if (!mayAct(t, who) || t.status === 'closed') return false;
    t.status = 'closed';
    t.outcome = 'dismissed';
    t.closedFor = 0;
    t.step += 1;
    return true;
  },
  reopen: (t) => {
    if (t.status === 'open' || t.status === 'waiting' || t.closedFor > 7 * 24 * H) return false;
    reopen(t);
    return true;
  },
  escalate: (t, who) => {
    if (!mayAct(t, who)) return false;
    if (t.status === 'waiting') resume(t);
    if (t.status === 'resolved' || t.status === 'closed') reopen(t);
    if (t.tier < 3) escalate(t);
    return true;
  },
  'hand-back': (t, who) => {
    if (!mayAct(t, who) || t.status === 'resolved' || t.status === 'closed' || t.tier === 1) return false;
    if (t.status === 'waiting') resume(t);
    moveTo(t, t.tier - 1);
    t.owner = null;
    engage(t);
    t.step += 1;
    return true;
  },
  triage: (t, who) => {
    if (!mayAct(t, who) || t.status === 'resolved' || t.status === 'closed') return false;
    t.priority = t.priority === 'normal' ? 'critical' : 'normal';
    return true;
  },
};
