import * as z from 'zod/mini';
import { deskSchema, ticketReceiptSchema, ticketSchema } from './schemas.js';

const fieldSpecSchema = z.object({
  name: z.string().check(z.minLength(1)),
  control: z.enum(['text', 'email', 'tel', 'select', 'textarea', 'checkbox']),
  label: z.string().check(z.minLength(1)),
  hint: z.optional(z.string()),
  required: z.boolean(),
  autocomplete: z.optional(z.string()),
  inputMode: z.optional(z.string()),
  maxLength: z.optional(z.int()),
  options: z.optional(z.array(z.object({ value: z.string(), label: z.string() }))),
});

/** A desk of any backend, as it is once it is known whole; the wire's is narrower. */
export const anyDeskSchema = z.extend(deskSchema, {
  late: z.optional(z.boolean()),
  without: z.optional(z.array(z.enum(['kind', 'requester.name', 'requester.email', 'orderReference', 'subject', 'message']))),
  orders: z.optional(z.array(z.string())),
  fields: z.optional(z.array(fieldSpecSchema)),
});

/** A receipt of any backend; the wire's is narrower. */
export const anyReceiptSchema = z.extend(ticketReceiptSchema, {
  ticket: z.nullable(ticketSchema),
  confirmationMail: z.enum(['queued', 'withheld', 'unknown']),
});
