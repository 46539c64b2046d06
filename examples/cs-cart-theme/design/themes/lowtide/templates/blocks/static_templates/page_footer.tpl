<footer class="tygh-footer clearfix" id="tygh_footer">
    <div class="container-fluid ty-footer-grid">
        <div class="ty-footer-about">
            <p class="ty-footer-general__header">{__("lowtide.motto")}</p>
            <p>{__("lowtide.listening_room")}</p>
            {include file="blocks/static_templates/support_launcher.tpl"}
        </div>
        {foreach $footer as $column}
            <nav class="ty-footer-menu" aria-labelledby="ty-footer-{$column@index}">
                <p class="ty-footer-menu__header" id="ty-footer-{$column@index}">{$column.title}</p>
                <ul class="ty-footer-menu__items">
                    {foreach $column.links as $link}<li class="ty-footer-menu__item"><a href="{$link.url}">{$link.label}</a></li>{/foreach}
                </ul>
            </nav>
        {/foreach}
    </div>
    <p class="container-fluid bottom-copyright">{__("lowtide.imaginary")} {include file="blocks/static_templates/support_backend.tpl"}</p>
</footer>
