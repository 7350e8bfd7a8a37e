/** A stretch of a list: a few messages one below the other, with the day and what is new between them. */
import { Component } from 'preact';
import { MessageRow } from './message.tsx';
import { dayKey, dayName } from './moment.ts';
import type { PageMessage } from './protocol.ts';
import { TabStopContext } from './tab-stop.ts';
import type { Names } from './text.tsx';

interface StretchProps {
  readonly messages: readonly PageMessage[];
  readonly names: Names;
  readonly isInThread: boolean;
  /** When the message above was said, if there is one. */
  readonly after: number | null;
  /** The first message that was new to the person, if it is in here. */
  readonly firstNew: string | null;
  /** Where Tab stops, if that is in here. */
  readonly stop: string | null;
}

/** Drawn again only when something in it changes: a channel holds thousands of messages. */
export class Stretch extends Component<StretchProps> {
  override shouldComponentUpdate(next: StretchProps): boolean {
    const { messages, names, after, firstNew, stop } = this.props;
    if (next.names !== names || next.after !== after || next.firstNew !== firstNew || next.stop !== stop) return true;
    return next.messages.length !== messages.length || next.messages.some((each, index) => each !== messages[index]);
  }
  override render({ messages, names, isInThread, after, firstNew, stop }: StretchProps) {
    const isNewDay = (at: number, before: number | null): boolean =>
      !isInThread && (before === null || dayKey(before, names.zone) !== dayKey(at, names.zone));
    return (
      <div class="stretch">
        {messages.map((message, index) => (
          <div class="row" key={message.ts}>
            {isNewDay(message.at, messages[index - 1]?.at ?? after) && <p class="day">{dayName(message.at, names)}</p>}
            {message.ts === firstNew && <p class="new">New</p>}
            <Row message={message} isInThread={isInThread} isStop={message.ts === stop} />
          </div>
        ))}
      </div>
    );
  }
}

interface RowProps {
  readonly message: PageMessage;
  readonly isInThread: boolean;
  readonly isStop: boolean;
}

class Row extends Component<RowProps> {
  override shouldComponentUpdate({ message, isStop }: RowProps): boolean {
    return message !== this.props.message || isStop !== this.props.isStop;
  }
  override render({ message, isInThread, isStop }: RowProps) {
    return (
      <TabStopContext.Provider value={isStop}>
        <MessageRow message={message} isInThread={isInThread} />
      </TabStopContext.Provider>
    );
  }
}
