{extends file='parent:contact.tpl'}
{block name='page_content'}
  {include file='_partials/support-form.tpl'}
{/block}
{block name='page_footer_container'}
  <section class="tracker card card-block" aria-labelledby="messages">
    <h2 id="messages">{l s='What we wrote to each other' d='Shop.Theme.Customeraccount'}</h2>
    {include file='_partials/support-tracker.tpl'}
  </section>
{/block}
