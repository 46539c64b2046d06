import type { TicketDraft } from '@storefront-support/contract';
import type { SupportForm } from './support-form.js';

/** What is written in a form, trimmed, as a draft. An order number written before the pre-sale switch was set stays out. */
export function draftOf({ values, chosen, attachments, language }: SupportForm): TicketDraft {
  const text = (name: string) => (values[name] ?? '').trim();
  const order = values['kind'] ? '' : text('orderReference');
  return {
    contactId: chosen?.id ?? '',
    kind: values['kind'] ? 'pre-sale' : 'support',
    requester: { name: text('requester.name'), email: text('requester.email') },
    subject: text('subject'),
    message: text('message'),
    ...(order && { orderReference: order }),
    attachmentIds: attachments?.attachmentIds ?? [],
    locale: language.tag,
  };
}
