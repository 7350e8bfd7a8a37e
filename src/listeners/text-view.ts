import type { ModalView } from '@slack/types';
import { modal } from '../views/form-fields.ts';
import { formIds } from '../views/ids.ts';
import { type Message, saying } from '../views/message.ts';

/** A message as a modal to read. */
export const textView = (message: Message): ModalView =>
  modal({ id: formIds.text, title: 'Tierline', submit: null, blocks: message.blocks });

/** Opened at once, for the trigger lives three seconds; what was asked for follows. */
export const loadingView = (): ModalView => textView(saying(['One moment …']));
