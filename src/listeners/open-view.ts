import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Arrived, inTime } from './in-time.ts';
import { refusalWord } from './slack-refusal.ts';

/** A modal as it was opened; the hash moves with every change of it. */
export interface OpenedView {
  readonly id: string;
  readonly hash: string | null;
}

/** Waits for a modal to open, and acks when that takes long: opening it stores nothing (14.1). */
export const openedInTime = async (
  arrived: Arrived,
  ack: () => Promise<unknown>,
  opening: Promise<{ readonly view?: { readonly id?: string; readonly hash?: string } }>,
): Promise<OpenedView> => {
  if ((await inTime(arrived, opening)).late) await ack();
  const { view } = await opening;
  return { id: view?.id ?? '', hash: view?.hash ?? null };
};

/** The person closed it, or went on in it: what it was to show is not wanted any more. */
const gone: ReadonlySet<string | null> = new Set(['not_found', 'view_not_found', 'hash_conflict']);

/** Shows something else in an open modal, unless it was closed or changed since. */
export const redrawView = async (client: WebClient, { id, hash }: OpenedView, view: ModalView): Promise<void> => {
  try {
    await client.views.update({ view_id: id, view, ...(hash === null ? {} : { hash }) });
  } catch (error) {
    if (!gone.has(refusalWord(error))) throw error;
  }
};
