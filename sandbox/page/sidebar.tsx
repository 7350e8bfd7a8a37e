/** Who one plays, and where one can go. */
import { Avatar } from './message.tsx';
import type { PageChannel, PagePerson } from './protocol.ts';
import { ThemeSwitch } from './theme.tsx';
import { useShell } from './window.tsx';

const groups: readonly { readonly id: PagePerson['group']; readonly title: string }[] = [
  { id: 'customers', title: 'Customers' },
  { id: 'staff', title: 'Staff' },
  { id: 'managers', title: 'Managers' },
  { id: 'elsewhere', title: 'Another company' },
];

export const Sidebar = () => {
  const { state, place, go } = useShell();
  const channels = state.channels.filter(({ kind }) => kind !== 'dm');
  const dms = state.channels.filter(({ kind }) => kind === 'dm');
  return (
    <nav class="sidebar" aria-label="Workspace">
      <People />
      <h2>Channels</h2>
      <ul>
        {channels.map((each) => (
          <ChannelLink
            channel={each}
            isHere={place.channel === each.id}
            open={() => go({ channel: each.id, thread: null, panel: null })}
          />
        ))}
      </ul>
      <h2>Direct messages</h2>
      <ul>
        {dms.map((each) => (
          <ChannelLink
            channel={each}
            isHere={place.channel === each.id}
            open={() => go({ channel: each.id, thread: null, panel: null })}
          />
        ))}
      </ul>
      <div class="sidebar-foot">
        <SecondWindow />
        <ThemeSwitch />
      </div>
    </nav>
  );
};

const People = () => {
  const { state, become } = useShell();
  const you = state.hello?.you ?? '';
  const people = [...state.people.values()].filter(({ isBot, isDeactivated }) => !isBot && !isDeactivated);
  return (
    <div class="people">
      <h2 id="people-title">You are</h2>
      {groups.map(({ id, title }) => {
        const members = people.filter(({ group }) => group === id);
        return members.length === 0 ? null : (
          <fieldset class="people-group">
            <legend>{title}</legend>
            {members.map((each) => (
              <button
                type="button"
                class="person"
                aria-pressed={each.id === you}
                title={each.role}
                onClick={() => become(each.id)}
              >
                <Avatar name={each.name} isBot={false} />
                <span class="person-name">{each.name}</span>
                <span class="hidden">, {each.role}</span>
                {/\d/.test(each.role) && (
                  <span class="person-role" aria-hidden="true">
                    {each.role.replace(/[^\d,]/g, '').replace(/^,|,$/g, '')}
                  </span>
                )}
              </button>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
};

/** The page once more, as somebody from the other side of the desk. */
const SecondWindow = () => {
  const { state } = useShell();
  const you = state.people.get(state.hello?.you ?? '');
  const other = [...state.people.values()].find(
    ({ group, isBot, isDeactivated }) =>
      !isBot && !isDeactivated && group === (you?.group === 'customers' ? 'staff' : 'customers'),
  );
  return other === undefined ? null : (
    <a class="second" href={`?as=${encodeURIComponent(other.id)}`} target="_blank" rel="noopener noreferrer">
      Second window, as {other.name}
    </a>
  );
};

/** `#help`, or for a direct message whom it is with. */
export const useChannelName = (): ((channel: PageChannel) => string) => {
  const { state } = useShell();
  return (channel) => {
    if (channel.kind !== 'dm') return `#${channel.name}`;
    const other = channel.members.find((each) => each !== state.hello?.you);
    return state.people.get(other ?? '')?.name ?? state.hello?.app.name ?? 'Direct message';
  };
};

const ChannelLink = ({
  channel,
  isHere,
  open,
}: {
  readonly channel: PageChannel;
  readonly isHere: boolean;
  readonly open: () => void;
}) => {
  const nameOf = useChannelName();
  const { unread, mentions } = channel;
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'channel unread' : 'channel'}
        aria-current={isHere ? 'page' : undefined}
        onClick={open}
      >
        <span class="channel-name">{nameOf(channel)}</span>
        {channel.kind === 'private' && <span class="shared">private</span>}
        {channel.isShared && <span class="shared">shared</span>}
        {channel.isArchived && <span class="shared">archived</span>}
        {mentions > 0 && <span class="badge">{mentions}</span>}
        {unread > 0 && <span class="hidden">, {unread} unread</span>}
      </button>
    </li>
  );
};
