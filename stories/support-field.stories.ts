import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { FieldSpec } from '@storefront-support/contract';
import '@storefront-support/elements/support-field';
import { html } from 'lit';

interface Args {
  spec: FieldSpec;
  value: string;
  error: string;
  optional: string;
  readonly: boolean;
  theme: string;
  dir: string;
}

const text: FieldSpec = { name: 'serial', control: 'text', label: 'Serial number', hint: 'On the back of the lamp.', required: true };

const meta: Meta<Args> = {
  title: 'support-field',
  component: 'support-field',
  args: { spec: text, value: '', error: '', optional: 'optional', readonly: false, theme: '', dir: '' },
  render: ({ spec, value, error, optional, readonly, theme, dir }) =>
    html`<support-field
      .spec=${spec}
      .value=${value}
      .error=${error}
      .optional=${optional}
      ?readonly=${readonly}
      theme=${theme}
      dir=${dir}
    ></support-field>`,
};
export default meta;

type Story = StoryObj<Args>;

export const Text: Story = {};
export const Wrong: Story = { args: { value: 'x', error: 'Serial number: please check this.' } };
export const Optional: Story = { args: { spec: { ...text, required: false } } };
export const Email: Story = { args: { spec: { name: 'email', control: 'email', label: 'E-mail', required: true, autocomplete: 'email' } } };
export const Textarea: Story = { args: { spec: { name: 'message', control: 'textarea', label: 'Message', required: true } } };
export const Checkbox: Story = {
  args: { spec: { name: 'agree', control: 'checkbox', label: 'Ring me back', required: false }, value: 'true' },
};
export const Select: Story = {
  args: {
    spec: {
      name: 'colour',
      control: 'select',
      label: 'Colour',
      required: true,
      options: [
        { value: '', label: 'Please choose' },
        { value: 'brass', label: 'Brass' },
        { value: 'linen', label: 'Linen' },
      ],
    },
  },
};
export const Readonly: Story = { args: { value: 'LN-204', readonly: true } };
