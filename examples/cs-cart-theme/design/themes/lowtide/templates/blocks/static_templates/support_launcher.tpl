<support-launcher adapter="cs-cart" endpoint="{""|fn_url}" desk="{$support_page_id}" theme="auto">
    <a href="{"pages.view?page_id=`$support_page_id`"|fn_url}">{__("lowtide.ask")}</a>
</support-launcher>
