<section class="tracker" aria-labelledby="messages">
    <h2 class="ty-mainbox-title" id="messages">{__("lowtide.messages")}</h2>
    {include file="blocks/static_templates/support_tracker.tpl"}
</section>
