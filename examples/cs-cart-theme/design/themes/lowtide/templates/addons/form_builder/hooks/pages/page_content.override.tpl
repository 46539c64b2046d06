<div class="ty-form-builder">
    <form action="{""|fn_url}" method="post" name="forms_form" enctype="multipart/form-data">
        <input type="hidden" name="fake" value="1">
        <input type="hidden" name="page_id" value="{$page.page_id}">
        {foreach $page.form.elements as $element_id => $element}
            <div class="ty-control-group">
                <label for="elm_{$element_id}" class="ty-control-group__title{if $element.required == "Y"} cm-required{/if}{if $element.element_type == "Y"} cm-email{/if}">{$element.description}</label>
                {if $element.element_type == "T"}
                    <textarea id="elm_{$element_id}" class="ty-form-builder__textarea" name="form_values[{$element_id}]" rows="6"></textarea>
                {elseif $element.element_type == "Y"}
                    <input type="hidden" name="customer_email" value="{$element_id}">
                    <input id="elm_{$element_id}" class="ty-input-text" type="email" name="form_values[{$element_id}]" autocomplete="email">
                {else}
                    <input id="elm_{$element_id}" class="ty-input-text" type="text" name="form_values[{$element_id}]">
                {/if}
            </div>
        {/foreach}
        <div class="ty-form-builder__buttons buttons-container">
            <button class="ty-btn ty-btn__secondary" type="submit" name="dispatch[pages.send_form]" value="1">{__("submit")}</button>
        </div>
    </form>
</div>
