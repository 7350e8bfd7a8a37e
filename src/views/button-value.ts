import { type Act, acts } from './ids.ts';

/** What a button carries: the ticket, and its step when the button was drawn (4.4, 12). */
export interface ButtonValue {
  readonly ticketId: string;
  readonly step: number;
}

export const buttonValue = ({ ticketId, step }: ButtonValue): string => `${step}|${ticketId}`;

/** Reads a button's value; `null` when it is none of ours. */
export const parseButtonValue = (value: string): ButtonValue | null => {
  const [, step, ticketId] = /^(\d{1,9})\|(.+)$/su.exec(value) ?? [];
  return step === undefined || ticketId === undefined ? null : { ticketId, step: Number(step) };
};

/** What an option of the card's menu carries: the menu has one action_id, so the option names the act. */
export const menuValue = (act: Act, value: ButtonValue): string => `${act}|${buttonValue(value)}`;

export const parseMenuValue = (value: string): (ButtonValue & { readonly act: Act }) | null => {
  const bar = value.indexOf('|');
  const act = acts.find((each) => each === value.slice(0, bar));
  const rest = parseButtonValue(value.slice(bar + 1));
  return act === undefined || rest === null ? null : { act, ...rest };
};
