<support-form adapter="cs-cart" endpoint="{""|fn_url}" desk="{$page.page_id}" theme="auto">
    {hook name="pages:page_content"}{/hook}
    <p><a href="mailto:{$settings.Company.company_support_department}">{$settings.Company.company_support_department}</a></p>
</support-form>
