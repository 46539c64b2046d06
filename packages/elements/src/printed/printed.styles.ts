import { host } from '../base/host.styles.js';
import { tokens } from '../base/tokens.styles.js';
import { fieldStyles } from '../support-field/support-field.styles.js';
import { formStyles } from '../support-form/support-form.styles.js';

/**
 * Text of the style sheet of printed forms: what the elements look like, in one tree. Nested rules are for a build to take apart. It
 * stays in the root of a form that has taken the place of a printed one, and means nothing there but what a chosen file and the line about files look like.
 */
export const printedStyles = `
${tokens.cssText}
${host.cssText}
.printed {
  ${formStyles.cssText}
  /* a pre-sale question has no order */
  form:has([name='kind']:checked) .order {
    display: none;
  }
  .field {
    ${fieldStyles.cssText}
    label .soft {
      display: inline;
    }
    label:has(:focus-visible) {
      outline: none;
    }
    :user-invalid {
      border-color: var(--_error);
      box-shadow: inset 0 0 0 1px var(--_error);
    }
  }
}
#files-hint {
  margin-block-start: 0.35em;
}
/* the browser's own words for what is chosen stand where dropping is offered otherwise */
.chosen .soft {
  position: relative;
  flex: 1 0 auto;
  max-inline-size: 100%;
  visibility: hidden;
}
.chosen [type='file'] {
  position: absolute;
  inset: 0;
  inline-size: 100%;
  block-size: auto;
  margin: 0;
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  overflow: hidden;
  clip-path: none;
  outline: none;
  cursor: pointer;
  visibility: visible;
}
.chosen ::file-selector-button {
  display: none;
}
`;
