<div class="ty-breadcrumbs"><a href="{$home_url}" class="ty-breadcrumbs__a">{__("home")}</a> <span class="ty-breadcrumbs__slash">/</span> <span class="ty-breadcrumbs__current">{$page.page}</span></div>
<div class="ty-wysiwyg-content contact-grid">
    <div class="contact-grid__aside">
        <h1 class="ty-mainbox-title">{__("lowtide.contact_title")}</h1>
        <p class="lead">{$page.description}</p>
        <ul class="desk">
            <li><b>{__("lowtide.hours")}</b><span>{__("lowtide.hours_note")}</span></li>
            <li><b><a href="tel:{$settings.Company.company_phone|replace:" ":""}" dir="ltr">{$settings.Company.company_phone}</a></b><span>{__("lowtide.phone_note")}</span></li>
            <li><b>{$settings.Company.company_address}</b><span>{__("lowtide.address_note")}</span></li>
        </ul>
    </div>
    <div class="contact-grid__main">
        {if $page.page_type == "F"}
            {include file="blocks/static_templates/support_form.tpl"}
        {else}
            {hook name="pages:page_content"}{/hook}
        {/if}
    </div>
</div>
{include file="views/pages/support_thread.tpl"}
