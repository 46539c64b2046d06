<section class="contact-form">
  <form action="{$urls.pages.contact}" method="post"{if $contact.allow_file_upload} enctype="multipart/form-data"{/if}>
    {if $notifications}
      <div class="col-xs-12 alert {if $notifications.nw_error}alert-danger{else}alert-success{/if}">
        <ul>
          {foreach $notifications.messages as $notif}<li>{$notif}</li>{/foreach}
        </ul>
      </div>
    {/if}
    {if !$notifications || $notifications.nw_error}
      <section class="form-fields">
        <div class="form-group row">
          <label class="form-control-label" for="id_contact">{l s='Subject' d='Modules.Contactform.Shop'}</label>
          <select name="id_contact" id="id_contact" class="form-control form-control-select">
            {foreach $contact.contacts as $contact_elt}
              <option value="{$contact_elt.id_contact}">{$contact_elt.name}</option>
            {/foreach}
          </select>
        </div>
        <div class="form-group row">
          <label class="form-control-label" for="email">{l s='Email address' d='Modules.Contactform.Shop'}</label>
          <input id="email" class="form-control" name="from" type="email" value="{$contact.email}" autocomplete="email">
        </div>
        {if $contact.orders}
          <div class="form-group row">
            <label class="form-control-label" for="id-order">{l s='Order reference' d='Modules.Contactform.Shop'}</label>
            <select id="id-order" name="id_order" class="form-control form-control-select">
              <option value="">{l s='Select reference' d='Modules.Contactform.Shop'}</option>
              {foreach $contact.orders as $order}
                <option value="{$order.id_order}">{$order.reference}</option>
              {/foreach}
            </select>
          </div>
        {/if}
        {if $contact.allow_file_upload}
          <div class="form-group row">
            <label class="form-control-label" for="file-upload">{l s='Attachment' d='Modules.Contactform.Shop'}</label>
            <input id="file-upload" type="file" name="fileUpload" class="filestyle">
          </div>
        {/if}
        <div class="form-group row">
          <label class="form-control-label" for="contactform-message">{l s='Message' d='Modules.Contactform.Shop'}</label>
          <textarea id="contactform-message" class="form-control" name="message" rows="6">{if $contact.message}{$contact.message}{/if}</textarea>
        </div>
        {if isset($id_module)}{hook h='displayGDPRConsent' id_module=$id_module}{/if}
      </section>
      <footer class="form-footer">
        <input type="hidden" name="url" value="">
        <input type="hidden" name="token" value="{$token}">
        <button class="btn btn-primary" type="submit" name="submitMessage" value="Send">{l s='Send' d='Shop.Theme.Actions'}</button>
      </footer>
    {/if}
  </form>
</section>
