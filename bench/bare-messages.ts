import type { KnownBlock } from '@slack/types';

/** What a bare app says: as many blocks and buttons as the desk, with fixed words. */
export const bareReceipt = (customer: string) => {
  const text = `<@${customer}> we have your issue. Our team looks at it, and we tell you here how it goes on.`;
  const blocks: KnownBlock[] = [
    { type: 'section', text: { type: 'mrkdwn', text } },
    {
      type: 'actions',
      elements: [button('add-details', 'Add details'), button('how-it-works', 'How escalation works')],
    },
  ];
  return { text, blocks };
};

export interface BareTicket {
  readonly id: string;
  readonly title: string;
  readonly customer: string;
  readonly owner: string | null;
}

export const bareCard = ({ id, title, customer, owner }: BareTicket) => {
  const text = `Normal · ${title}. Answer it within 1 h. Tier 1.`;
  const facts = [
    `Customer: <@${customer}>`,
    `Owner: ${owner === null ? 'nobody yet' : `<@${owner}>`}`,
    'Tier 1 · step 1',
  ];
  const blocks: KnownBlock[] = [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: `*Normal · ${title}*\n→ Answer it within 1 h, or managers are told` },
    },
    { type: 'section', text: { type: 'mrkdwn', text: facts.map((fact) => `• ${fact}`).join('\n') } },
    {
      type: 'actions',
      elements: [
        button('claim', owner === null ? 'Claim' : 'Take over', [id, title, customer].join('|')),
        ...['Escalate', 'Resolve', 'Update customer'].map((label) => button(label, label)),
      ],
    },
  ];
  return { text, blocks };
};

const button = (action: string, label: string, value = action) => ({
  type: 'button' as const,
  action_id: action,
  text: { type: 'plain_text' as const, text: label },
  value,
});
