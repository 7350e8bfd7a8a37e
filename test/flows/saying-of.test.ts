import type { Ports } from '../../src/flows/ports.ts';
import type { Run } from '../../src/flows/say-notices.ts';
import { sayingOf } from '../../src/flows/saying-of.ts';
import { aNotice, aRecord, openingTime } from '../support/a-record.ts';

const ports = { processId: 'a', leaseFor: 30_000, clock: { now: () => openingTime } } as unknown as Ports;

const aRun = (overrides: Partial<Run>): Run => ({
  ...{ record: aRecord(), said: [], withdrawn: [], postponed: [], anchors: {}, gone: [] },
  ...overrides,
});

describe('what is recorded of a round (14.3)', () => {
  it('leaves what another process tried meanwhile as tried: it may have been posted, and is looked up first', () => {
    const stale = aNotice({ id: '7-1', tries: 0, notBefore: openingTime });
    const present = aNotice({ id: '7-1', tries: 2, notBefore: openingTime + 20_000 });
    const { postponed, sayAt } = sayingOf(
      ports,
      aRecord({ notices: { '7-1': present } }),
      aRun({ postponed: [stale] }),
    );
    expect(postponed).toEqual([present]);
    expect(sayAt).toBe(openingTime + 20_000);
  });

  it('says nothing of a redraw that was written anew under the same name', () => {
    const before = aNotice({ id: 'redraw:card:1', order: 1 });
    const now = aNotice({ id: 'redraw:card:1', order: 2 });
    const record = aRecord({ notices: { 'redraw:card:1': now } });
    expect(sayingOf(ports, record, aRun({ said: [before] })).said).toEqual([]);
    expect(sayingOf(ports, record, aRun({ postponed: [before] })).postponed).toEqual([]);
  });

  it('never goes on with the lease it was read with, however little time has passed: a write that read it before must fail', () => {
    const saying = { by: 'a', until: openingTime + ports.leaseFor };
    const record = aRecord({ notices: { n1: aNotice() }, saying, sayAt: saying.until });
    expect(sayingOf(ports, record, aRun({ record })).saying).toEqual({ by: 'a', until: saying.until + 1 });
  });
});
